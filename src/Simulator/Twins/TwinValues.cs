using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>Whether the value of a command has the type that its path demands (<c>ditto.md</c> 1.5).</summary>
internal static class TwinValues
{
    /// <summary>As deep as a thing can be and still be read when it is the value of an envelope.</summary>
    private const int Deepest = JsonText.MaxDepth - 1;

    public static DittoError? Check(ThingId thing, ResourcePath path, JsonElement? value)
    {
        if (value is not { } json)
            return TwinErrors.InvalidValue("there");
        if (LevelsAbove(path) + Depth(json) > Deepest)
            return TwinErrors.InvalidValue($"flat enough: a thing has at most {Deepest} levels");
        return path switch
        {
            { Kind: ResourceKind.Thing } => CheckThing(thing, json),
            { Kind: ResourceKind.PolicyId } => Expect(json.ValueKind is JsonValueKind.String, "a string"),
            { Kind: ResourceKind.Definition } => Expect(json.ValueKind is JsonValueKind.String or JsonValueKind.Null, "a string"),
            { Kind: ResourceKind.Attributes, Pointer.IsRoot: true } => ObjectOrNull(json),
            { Kind: ResourceKind.Features } => CheckFeatures(json),
            { Kind: ResourceKind.Feature, Pointer.IsRoot: true } => CheckFeature(json),
            { Kind: ResourceKind.Feature, Pointer.Segments: ["definition"] } => CheckDefinition(json),
            { Kind: ResourceKind.Feature, Pointer.Segments.Length: 1 } => ObjectOrNull(json),
            _ => null,
        };
    }

    /// <summary>How many objects of the thing are around the value at a path.</summary>
    private static int LevelsAbove(ResourcePath path) => path.Kind switch
    {
        ResourceKind.Thing => 0,
        ResourceKind.Feature => 2 + path.Pointer.Segments.Length,
        _ => 1 + path.Pointer.Segments.Length,
    };

    private static int Depth(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => 1 + json.EnumerateObject().Select(m => Depth(m.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + json.EnumerateArray().Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static DittoError? CheckThing(ThingId thing, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return TwinErrors.InvalidValue("a thing, which is a JSON object");
        if (json.TryGetProperty("thingId", out var id) && (id.ValueKind != JsonValueKind.String || id.GetString() != thing.ToString()))
            return TwinErrors.IdNotSettable(thing);
        if (json.TryGetProperty("attributes", out var attributes) && ObjectOrNull(attributes) is { } error)
            return error;
        return json.TryGetProperty("features", out var features) ? CheckFeatures(features) : null;
    }

    private static DittoError? CheckFeatures(JsonElement json)
    {
        if (ObjectOrNull(json) is { } error)
            return error;
        return json.ValueKind == JsonValueKind.Null
            ? null
            : json.EnumerateObject().Select(m => CheckFeature(m.Value)).FirstOrDefault(e => e is not null);
    }

    private static DittoError? CheckFeature(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return null;
        if (json.ValueKind != JsonValueKind.Object)
            return TwinErrors.InvalidValue("a feature, which is a JSON object");
        return (json.TryGetProperty("definition", out var definition) ? CheckDefinition(definition) : null)
            ?? (json.TryGetProperty("properties", out var properties) ? ObjectOrNull(properties) : null)
            ?? (json.TryGetProperty("desiredProperties", out var desired) ? ObjectOrNull(desired) : null);
    }

    private static DittoError? CheckDefinition(JsonElement json) => Expect(
        json.ValueKind == JsonValueKind.Null || (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0),
        "a feature definition, which is an array of at least one identifier");

    private static DittoError? ObjectOrNull(JsonElement json) =>
        Expect(json.ValueKind is JsonValueKind.Object or JsonValueKind.Null, "a JSON object");

    private static DittoError? Expect(bool holds, string expected) => holds ? null : TwinErrors.InvalidValue(expected);
}
