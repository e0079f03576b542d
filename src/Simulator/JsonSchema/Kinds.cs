using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>The types of JSON Schema.</summary>
[Flags]
internal enum Kinds
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    String = 16,
    Integer = 32,
    Number = 64,
    AnyNumber = Integer | Number,
    All = 127,
}

/// <summary>What is what.</summary>
internal static class KindsOfJson
{
    /// <summary>The type that a schema names; <see cref="Kinds.None"/> if there is no such type.</summary>
    public static Kinds Named(string? name) => name switch
    {
        "null" => Kinds.Null,
        "boolean" => Kinds.Boolean,
        "object" => Kinds.Object,
        "array" => Kinds.Array,
        "string" => Kinds.String,
        "integer" => Kinds.Integer,
        "number" => Kinds.AnyNumber,
        _ => Kinds.None,
    };

    /// <summary>What a token starts. The name of a member counts as a string: <c>propertyNames</c> looks at it as such.</summary>
    public static Kinds Of(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => Kinds.Object,
        JsonTokenType.StartArray => Kinds.Array,
        JsonTokenType.String or JsonTokenType.PropertyName => Kinds.String,
        JsonTokenType.Number => Kinds.AnyNumber,
        JsonTokenType.True or JsonTokenType.False => Kinds.Boolean,
        JsonTokenType.Null => Kinds.Null,
        _ => Kinds.None,
    };

    public static Kinds Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Kinds.Object,
        JsonValueKind.Array => Kinds.Array,
        JsonValueKind.String => Kinds.String,
        JsonValueKind.Number => Kinds.AnyNumber,
        JsonValueKind.True or JsonValueKind.False => Kinds.Boolean,
        _ => Kinds.Null,
    };
}
