using System.Text.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>
/// Says in plain words what a schema expects, what stands there instead, and what to try. The <c>description</c> of a part of a schema
/// can follow the word "expected"; its <c>$comment</c> is the hint. That of a whole schema, which has a title, is documentation.
/// </summary>
internal static class SchemaWords
{
    public static string Expected(Violation violation)
    {
        var schema = violation.Schema;
        return violation.Keyword switch
        {
            "" => "nothing",
            "required" or "dependencies" => Member(schema, violation.Member!),
            "additionalProperties" when Keys(schema, "patternProperties").Any() => "a key of the right form",
            "propertyNames" => "a key of the right form",
            "additionalProperties" when !Keys(schema, "properties").Any() => "no members",
            "additionalProperties" => $"no members but {Words.Few(Keys(schema, "properties"))}",
            "enum" when Literals(schema).Count() > 1 => $"one of {Words.Few(Literals(schema))}",
            "const" when Text(schema, "description") is null => Words.Of(schema.Json.GetProperty("const")),
            "uniqueItems" => "items that differ from each other",
            "minItems" => $"an array of {Words.Count(schema.Json.GetProperty("minItems").GetRawText(), "item")} or more",
            "maxItems" => $"an array of {Words.Count(schema.Json.GetProperty("maxItems").GetRawText(), "item")} at most",
            "anyOf" or "oneOf" => string.Join(" or ", schema.InPlace.Select(Phrase).Distinct()),
            _ => Phrase(schema),
        };
    }

    public static string Seen(Violation violation) => violation switch
    {
        { Keyword: "required" or "dependencies" } => Near(Keys(violation.Value), violation.Member!) is { } near ? $"'{near}'" : "nothing",
        { Member: { } member } => $"'{Words.Short(member)}'",
        _ => Words.Of(violation.Value),
    };

    public static string Hint(Violation violation) => Misspelt(violation) ?? Null(violation) ?? Text(violation.Schema, "$comment") ?? violation.Keyword switch
    {
        "" => "Leave it out.",
        "required" or "dependencies" => $"Add '{violation.Member}'.",
        "additionalProperties" => "Leave it out; receivers that do not know it ignore it.",
        "type" when violation.Schema.Allowed == Kinds.String && violation.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) => "Put it in quotes.",
        "type" when violation.Schema.Allowed is Kinds.Integer or Kinds.AnyNumber or Kinds.Boolean && violation.Value.ValueKind == JsonValueKind.String =>
            "Leave the quotes out.",
        "type" when violation.Schema.Allowed == Kinds.Integer => "Send a whole number without '.' and exponent, at most 9223372036854775807.",
        "minLength" or "minItems" or "minProperties" => "Fill it, or leave it out where that is allowed.",
        "enum" => "Use one of these literals; upper and lower case matter.",
        _ => $"Send {Expected(violation)}.",
    };

    private static string? Null(Violation violation) =>
        violation is { Member: null, Value.ValueKind: JsonValueKind.Null } ? $"Send {Expected(violation)}, or leave it out." : null;

    /// <summary>A word that is right but for its case, or for hyphens in place of underscores.</summary>
    private static string? Misspelt(Violation violation)
    {
        var (written, known) = violation.Keyword switch
        {
            "required" => (Near(Keys(violation.Value), violation.Member!), violation.Member),
            "additionalProperties" => (violation.Member, Near(Keys(violation.Schema, "properties"), violation.Member!)),
            "enum" => (violation.Value.ToString(), Near(Literals(violation.Schema), violation.Value.ToString())),
            _ => (null, null),
        };
        return written is null || known is null ? null : $"Write '{known}' instead of '{Words.Short(written)}'.";
    }

    private static string? Near(IEnumerable<string> words, string word) =>
        words.FirstOrDefault(other => other != word && Plain(other) == Plain(word));

    private static string Plain(string word) => word.Trim().ToUpperInvariant().Replace('-', '_');

    private static string Member(SchemaNode schema, string name) =>
        schema.Member(name) is { } member && Text(member, "title") is null && Text(member, "description") is { } description
            ? $"the member '{name}', {description}"
            : $"the member '{name}'";

    private static string Phrase(SchemaNode schema) =>
        Text(schema, "title") is null && Text(schema, "description") is { } description ? description : Kind(schema.Allowed);

    private static string? Text(SchemaNode schema, string keyword) =>
        schema.Json.ValueKind == JsonValueKind.Object && schema.Json.TryGetProperty(keyword, out var text) ? text.ToString() : null;

    private static IEnumerable<string> Keys(SchemaNode schema, string keyword) =>
        schema.Json.TryGetProperty(keyword, out var members) ? Keys(members) : [];

    private static IEnumerable<string> Keys(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Select(member => member.Name) : [];

    private static IEnumerable<string> Literals(SchemaNode schema) =>
        schema.Json.GetProperty("enum").EnumerateArray().Select(literal => literal.ValueKind == JsonValueKind.Null ? "null" : literal.ToString());

    private static string Kind(Kinds kind) => kind switch
    {
        Kinds.String => "a string",
        Kinds.AnyNumber => "a number",
        Kinds.Integer => "a whole number",
        Kinds.Boolean => "true or false, without quotes",
        Kinds.Object => "an object",
        Kinds.Array => "an array",
        Kinds.Null => "null",
        _ => "another value",
    };
}
