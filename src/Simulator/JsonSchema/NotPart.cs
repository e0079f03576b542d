using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary><c>not</c>: the other schema must refuse the value.</summary>
internal sealed class NotPart(SchemaNode schema, SchemaNode other) : SchemaPart
{
    public override Kinds Concerns => Kinds.All;

    public override bool Check(ref Utf8JsonReader reader)
    {
        if (other.Takes(reader.TokenType))
        {
            var copy = reader;
            if (other.Check(ref copy))
                return false;
        }

        return Skip(ref reader);
    }

    public override IEnumerable<Violation> Explain(JsonElement value, string at) => other.Explain(value, at).Any() ? [] : [new Violation("not", schema, at, value)];
}
