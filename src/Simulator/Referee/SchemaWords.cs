using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using static NJsonSchema.Validation.ValidationErrorKind;

namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// Says in plain words what a schema expects, what stands there instead, and what to try. The <c>description</c> of a part of a schema
/// can follow the word "expected"; its <c>$comment</c> is the hint. That of a whole schema, which has a title, is documentation.
/// </summary>
internal static class SchemaWords
{
    public static string Expected(ValidationError error)
    {
        var schema = error.Schema;
        return error.Kind switch
        {
            PropertyRequired => Member(schema, error.Property!),
            NoAdditionalPropertiesAllowed when schema.PatternProperties.Count > 0 => "a key of the right form",
            NoAdditionalPropertiesAllowed when schema.Properties.Count == 0 => "no members",
            NoAdditionalPropertiesAllowed => $"no members but {Words.Few(schema.Properties.Keys)}",
            NotInEnumeration when schema.Enumeration.Count > 1 => $"one of {Words.Few(schema.Enumeration.Select(value => value?.ToString() ?? "null"))}",
            ItemsNotUnique => "items that differ from each other",
            TooFewItems => $"an array of {Words.Count(schema.MinItems, "item")} or more",
            TooManyItems => $"an array of {Words.Count(schema.MaxItems, "item")} at most",
            NotAnyOf or NotOneOf => string.Join(" or ", schema.AnyOf.Concat(schema.OneOf).Select(Phrase)),
            _ => Phrase(schema),
        };
    }

    public static string Seen(ValidationError error) => error switch
    {
        { Kind: PropertyRequired } => Near((error.Token as JObject)?.Properties().Select(p => p.Name), error.Property!) is { } near ? $"'{near}'" : "nothing",
        { Token: JProperty property } => $"'{Words.Short(property.Name)}'",
        { Token: JToken token } => Words.Of(token),
        _ => "nothing",
    };

    public static string Hint(ValidationError error) => Misspelt(error) ?? Null(error) ?? Comment(error.Schema) ?? error.Kind switch
    {
        PropertyRequired => $"Add '{error.Property}'.",
        NoAdditionalPropertiesAllowed => "Leave it out; receivers that do not know it ignore it.",
        StringExpected when error.Token is JValue => "Put it in quotes.",
        IntegerExpected or NumberExpected or BooleanExpected when error.Token is JValue { Type: JTokenType.String } => "Leave the quotes out.",
        IntegerExpected => "Send a whole number without '.' and exponent, at most 9223372036854775807.",
        StringTooShort or TooFewItems or TooFewProperties => "Fill it, or leave it out where that is allowed.",
        NotInEnumeration => "Use one of these literals; upper and lower case matter.",
        _ => $"Send {Expected(error)}.",
    };

    private static string? Null(ValidationError error) =>
        error.Token is JValue { Type: JTokenType.Null } ? $"Send {Expected(error)}, or leave it out." : null;

    /// <summary>A word that is right but for its case, or for hyphens in place of underscores.</summary>
    private static string? Misspelt(ValidationError error)
    {
        var (written, known) = error.Kind switch
        {
            PropertyRequired => (Near((error.Token as JObject)?.Properties().Select(p => p.Name), error.Property!), error.Property),
            NoAdditionalPropertiesAllowed => (error.Property, Near(error.Schema.Properties.Keys, error.Property!)),
            NotInEnumeration => (error.Token?.ToString(), Near(error.Schema.Enumeration.Select(value => value?.ToString() ?? ""), error.Token?.ToString() ?? "")),
            _ => (null, null),
        };
        return written is null || known is null ? null : $"Write '{known}' instead of '{Words.Short(written)}'.";
    }

    private static string? Near(IEnumerable<string>? words, string word) =>
        words?.FirstOrDefault(other => other != word && Plain(other) == Plain(word));

    private static string Plain(string word) => word.Trim().ToUpperInvariant().Replace('-', '_');

    private static string Member(JsonSchema schema, string name) =>
        schema.Properties.TryGetValue(name, out var property) && property.ActualSchema is { Title: null, Description: { } description }
            ? $"the member '{name}', {description}"
            : $"the member '{name}'";

    private static string? Comment(JsonSchema schema) =>
        schema.ExtensionData is { } more && more.TryGetValue("$comment", out var comment) ? comment?.ToString() : null;

    private static string Phrase(JsonSchema schema) =>
        schema.ActualSchema is { Title: null, Description: { } description } ? description : Kind(schema.ActualSchema);

    private static string Kind(JsonSchema schema) => schema.Type switch
    {
        JsonObjectType.String => "a string",
        JsonObjectType.Number => "a number",
        JsonObjectType.Integer => "a whole number",
        JsonObjectType.Boolean => "true or false, without quotes",
        JsonObjectType.Object => "an object",
        JsonObjectType.Array => "an array",
        JsonObjectType.Null => "null",
        _ => "another value",
    };
}
