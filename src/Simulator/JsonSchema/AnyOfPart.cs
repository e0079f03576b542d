using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary><c>anyOf</c>: one of the schemas, or more than one.</summary>
internal sealed class AnyOfPart(SchemaNode schema, SchemaNode[] choices) : SchemaPart
{
    public override Kinds Concerns => Kinds.All;

    public override bool Check(ref Utf8JsonReader reader)
    {
        var token = reader.TokenType;
        SchemaNode? last = null;
        foreach (var choice in choices)
        {
            if (!choice.Takes(token))
                continue;
            if (last is not null && LookAhead(last, reader))
                return Skip(ref reader);
            last = choice;
        }

        return last is not null && last.Check(ref reader); // there is no other left: no copy is needed
    }

    public override IEnumerable<Violation> Explain(JsonElement value, string at)
    {
        var alternatives = choices.Select(choice => choice.Explain(value, at).ToList()).ToList();
        return alternatives.Exists(reasons => reasons.Count == 0) ? [] : [new Violation("anyOf", schema, at, value) { Alternatives = alternatives }];
    }
}
