using System.Collections.Frozen;
using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>The keywords of draft-07, and what is said to those that are none.</summary>
internal static class Vocabulary
{
    public const string MetaSchema = "http://json-schema.org/draft-07/schema";

    private static readonly FrozenSet<string> _known = FrozenSet.Create(
        "$id", "$schema", "$ref", "$comment", "title", "description", "default", "readOnly", "writeOnly", "examples", "definitions", "$defs",
        "type", "enum", "const", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "format",
        "items", "additionalItems", "maxItems", "minItems", "uniqueItems", "contains",
        "properties", "patternProperties", "additionalProperties", "maxProperties", "minProperties", "required", "dependencies", "propertyNames",
        "if", "then", "else", "allOf", "anyOf", "oneOf", "not");

    private static readonly FrozenSet<string> _later = FrozenSet.Create(
        "$anchor", "$recursiveRef", "$recursiveAnchor", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "unevaluatedProperties", "unevaluatedItems",
        "dependentRequired", "dependentSchemas", "minContains", "maxContains", "prefixItems", "contentSchema");

    /// <summary>Refuses a schema that says what draft-07 does not know.</summary>
    public static void Check(SchemaPlace place)
    {
        if (place.Get("$schema", JsonValueKind.String, "a URI") is { } dialect && dialect.GetString()!.TrimEnd('#') != MetaSchema)
            throw place.Refuse($"the dialect '{dialect}' is not known: write the schema in draft-07, \"$schema\": \"{MetaSchema}#\"", "$schema");
        foreach (var keyword in place.Json.EnumerateObject().Select(member => member.Name))
        {
            if (!_known.Contains(keyword) && !keyword.StartsWith("x-", StringComparison.Ordinal))
                throw place.Refuse(Problem(keyword), keyword);
        }
    }

    private static string Problem(string keyword) => keyword switch
    {
        "contentEncoding" or "contentMediaType" => $"'{keyword}' is not checked here: leave it out, or call it 'x-{keyword}' if it is a note",
        _ when _later.Contains(keyword) => $"'{keyword}' belongs to a later draft than draft-07: say it in the words of draft-07",
        _ => $"draft-07 has no keyword '{keyword}': check its spelling, or call it 'x-{keyword.TrimStart('$')}' if it is a note",
    };
}
