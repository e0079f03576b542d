using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary><c>oneOf</c>: exactly one of the schemas.</summary>
internal sealed class OneOfPart(SchemaNode schema, SchemaNode[] choices) : SchemaPart
{
    public override Kinds Concerns => Kinds.All;

    public override bool Check(ref Utf8JsonReader reader)
    {
        var end = reader;
        var passes = false;
        foreach (var choice in choices)
        {
            if (!choice.Takes(reader.TokenType))
                continue;
            var copy = reader;
            if (!choice.Check(ref copy))
                continue;
            if (passes)
                return false;
            passes = true;
            end = copy;
        }

        reader = end;
        return passes;
    }

    public override IEnumerable<Violation> Explain(JsonElement value, string at)
    {
        var alternatives = choices.Select(choice => choice.Explain(value, at).ToList()).ToList();
        return alternatives.Count(reasons => reasons.Count == 0) == 1 ? [] : [new Violation("oneOf", schema, at, value) { Alternatives = alternatives }];
    }
}
