using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary><c>not</c>: the other schema must refuse the value.</summary>
internal sealed class NotPart(SchemaNode schema, SchemaNode other) : SchemaPart
{
    public override Kinds Concerns => Kinds.All;

    public override bool Check(ref Utf8JsonReader reader) =>
        (!other.Takes(reader.TokenType) || !LookAhead(other, reader)) && Skip(ref reader);

    public override IEnumerable<Violation> Explain(JsonElement value, string at) => other.Explain(value, at).Any() ? [] : [new Violation("not", schema, at, value)];
}
