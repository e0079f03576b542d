using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>A fault of NJsonSchema that lets it judge otherwise than draft-07 says (<c>payloads.md</c> 1.3).</summary>
/// <param name="Name">What it does wrong.</param>
/// <param name="Schema">A schema that shows it.</param>
/// <param name="Value">A value that shows it.</param>
/// <param name="IsValid">What draft-07 says of the value.</param>
/// <param name="Explains">Whether it can be the reason for a difference: the schema's text, the value, and whether we take it.</param>
public sealed record KnownFault(string Name, string Schema, string Value, bool IsValid, Func<string, JsonElement, bool, bool> Explains)
{
    /// <summary>All that is known.</summary>
    public static IReadOnlyList<KnownFault> All { get; } =
    [
        Ignored("const", """{"const":1}""", "2"),
        Ignored("if", """{"if":{"type":"null"},"then":{"type":"string"}}""", "null"),
        Ignored("contains", """{"contains":{"type":"null"}}""", "[1]"),
        Ignored("propertyNames", """{"propertyNames":{"maxLength":1}}""", """{"ab":1}"""),
        Ignored("dependencies", """{"dependencies":{"a":["b"]}}""", """{"a":1}"""),
        new("ignores maxItems and maxProperties of 0", """{"maxItems":0}""", "[1]", false,
            (schema, _, ours) => !ours && (schema.Contains("\"maxItems\": 0") || schema.Contains("\"maxProperties\": 0"))),
        new("throws on integers beyond 64 bits", """{"type":"number"}""", "9223372036854775808", true, (_, value, _) => Numbers(value).Any(IsBeyond)),
        new("does not take 1.0 for an integer", """{"type":"integer"}""", "1.0", true, (_, _, _) => false), // nor do we here, for Go's sake
        new("asks null for required members", """{"required":["a"]}""", "null", true,
            (schema, value, ours) => ours && schema.Contains("\"required\"") && HasNullOrText(value)),
        new("compares enum as text", """{"enum":[1]}""", "\"1\"", false, (_, _, _) => false), // all ours have a type beside
        new("lets $ stand before a last line feed", """{"pattern":"^a$"}""", "\"a\\n\"", false,
            (schema, value, ours) => !ours && schema.Contains("$\"") && value.GetRawText().Contains("\\n\"")),
        new("takes the digits of all scripts for \\d", """{"pattern":"^\\d$"}""", "\"\u0663\"", false, (schema, _, ours) => !ours && schema.Contains("\\\\d")),
        new("takes other spaces for \\s", """{"pattern":"^\\s$"}""", "\"\ufeff\"", true, (schema, _, _) => schema.Contains("\\\\s]")),
        new("takes a year for a date-time", """{"type":"string","format":"date-time"}""", "\"2023\"", false, (schema, _, ours) => !ours && schema.Contains("\"format\"")),
        new("looks at the order of members for uniqueItems", """{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2,"a":1}]""", false,
            (schema, _, ours) => !ours && schema.Contains("\"uniqueItems\"")),
        new("counts UTF-16 units", """{"maxLength":1}""", "\"\ud83d\ude00\"", true,
            (schema, value, _) => schema.Contains("Length\"") && value.GetRawText().Any(char.IsSurrogate)),
        new("uses the first matching pattern alone", """{"patternProperties":{"a":{"type":"string"},"b":{"maxLength":1}}}""", """{"ab":"xy"}""", false,
            (schema, _, ours) => !ours && schema.Contains("\"patternProperties\"")),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static KnownFault Ignored(string keyword, string schema, string value) =>
        new($"ignores {keyword}", schema, value, false, (text, _, ours) => !ours && text.Contains($"\"{keyword}\":"));

    private static bool IsBeyond(JsonElement number) => !number.TryGetInt64(out _) && number.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    private static IEnumerable<JsonElement> Numbers(JsonElement value) => Parts(value).Where(part => part.ValueKind == JsonValueKind.Number);

    private static bool HasNullOrText(JsonElement value) => Parts(value).Any(part => part.ValueKind is JsonValueKind.Null or JsonValueKind.String);

    private static IEnumerable<JsonElement> Parts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Parts(member.Value)).Prepend(value),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Parts).Prepend(value),
        _ => [value],
    };
}
