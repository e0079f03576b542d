using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionPart(SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : SchemaPart
{
    public override Kinds Concerns => Kinds.All;

    public override bool Check(ref Utf8JsonReader reader)
    {
        var schema = LookAhead(condition, reader) ? then : otherwise;
        return schema is null ? Skip(ref reader) : schema.Check(ref reader);
    }

    public override IEnumerable<Violation> Explain(JsonElement value, string at) =>
        (condition.Explain(value, at).Any() ? otherwise : then)?.Explain(value, at) ?? [];
}
