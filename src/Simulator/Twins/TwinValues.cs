using System.Text.Json;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>Whether the value of a command has the type that its path demands (<c>ditto.md</c> 1.5).</summary>
internal static partial class TwinValues
{
    /// <summary>The longest thing that Ditto keeps, in characters of JSON.</summary>
    public const int MaxThingSize = 102_400;

    /// <summary>As deep as a thing can be and still be read when it is the value of an envelope.</summary>
    public const int Deepest = JsonText.MaxDepth - 1;

    public static DittoError? Check(ThingId thing, ResourcePath path, JsonElement? value)
    {
        if (value is not { } json)
            return TwinErrors.InvalidValue("there");
        if (LevelsAbove(path) + Depth(json) > Deepest)
            return TwinErrors.InvalidValue($"flat enough: a thing has at most {Deepest} levels");
        return path switch
        {
            { Kind: ResourceKind.Thing } => CheckThing(thing, json),
            { Kind: ResourceKind.PolicyId } => CheckPolicyId(json),
            { Kind: ResourceKind.Definition } => CheckDefinition(json),
            { Kind: ResourceKind.Attributes, Pointer.IsRoot: true } => ObjectOrNull(json),
            { Kind: ResourceKind.Features } => CheckFeatures(json),
            { Kind: ResourceKind.Feature, Pointer.IsRoot: true } => CheckFeature(json),
            { Kind: ResourceKind.Feature, Pointer.Segments: ["definition"] } => CheckDefinitions(json),
            { Kind: ResourceKind.Feature, Pointer.Segments.Length: 1 } => ObjectOrNull(json),
            _ => null,
        };
    }

    /// <summary>What is wrong with a patch before it is applied (<c>ditto.md</c> 2.6).</summary>
    public static DittoError? CheckPatch(ThingId thing, ResourcePath path, JsonElement? value)
    {
        if (value is not { } json)
            return TwinErrors.InvalidValue("there");
        if (path.Kind == ResourceKind.PolicyId)
            return json.ValueKind == JsonValueKind.Null ? TwinErrors.PolicyIdNotDeletable() : null;
        if (path.Kind != ResourceKind.Thing)
            return null;
        if (json.ValueKind == JsonValueKind.Null || (json.ValueKind == JsonValueKind.Object && !json.EnumerateObject().MoveNext()))
            return TwinErrors.MergeInvalid("it is empty");
        if (json.ValueKind != JsonValueKind.Object)
            return TwinErrors.InvalidValue("a patch of a thing, which is a JSON object");
        if (json.TryGetProperty("thingId", out var id))
        {
            if (id.ValueKind == JsonValueKind.Null)
                return TwinErrors.IdNotDeletable();
            if (!IsId(id, thing))
                return TwinErrors.IdNotSettable(thing);
        }

        return json.TryGetProperty("policyId", out var policy) && policy.ValueKind == JsonValueKind.Null ? TwinErrors.PolicyIdNotDeletable() : null;
    }

    /// <summary>How many objects of the thing are around the value at a path.</summary>
    private static int LevelsAbove(ResourcePath path) => path.Kind switch
    {
        ResourceKind.Thing => 0,
        ResourceKind.Feature => 2 + path.Pointer.Segments.Length,
        _ => 1 + path.Pointer.Segments.Length,
    };

    /// <summary>How many objects and arrays are around the innermost value.</summary>
    public static int Depth(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => 1 + json.EnumerateObject().Select(m => Depth(m.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + json.EnumerateArray().Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static DittoError? CheckThing(ThingId thing, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return TwinErrors.InvalidValue("a thing, which is a JSON object");
        if (json.TryGetProperty("thingId", out var id) && !IsId(id, thing))
            return TwinErrors.IdNotSettable(thing);
        return (json.TryGetProperty("policyId", out var policy) ? CheckPolicyId(policy) : null)
            ?? (json.TryGetProperty("definition", out var definition) ? CheckDefinition(definition) : null)
            ?? (json.TryGetProperty("attributes", out var attributes) ? ObjectOrNull(attributes) : null)
            ?? (json.TryGetProperty("features", out var features) ? CheckFeatures(features) : null);
    }

    private static bool IsId(JsonElement json, ThingId thing) => json.ValueKind == JsonValueKind.String && json.ValueEquals(thing.ToString());

    private static DittoError? CheckPolicyId(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
            return TwinErrors.InvalidValue("a policy id, which is a string");
        return ThingId.TryParse(json.GetString(), out _, out var problem) ? null : TwinErrors.PolicyIdInvalid(problem);
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
        return (json.TryGetProperty("definition", out var definition) ? CheckDefinitions(definition) : null)
            ?? (json.TryGetProperty("properties", out var properties) ? ObjectOrNull(properties) : null)
            ?? (json.TryGetProperty("desiredProperties", out var desired) ? ObjectOrNull(desired) : null);
    }

    /// <summary>The definition of a thing: one identifier, or <c>null</c>.</summary>
    private static DittoError? CheckDefinition(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => IsIdentifier(json.GetString()!) ? null : TwinErrors.DefinitionInvalid(json.GetString()),
        _ => TwinErrors.InvalidValue("a definition, which is a string"),
    };

    /// <summary>The definition of a feature: at least one identifier, or <c>null</c>.</summary>
    private static DittoError? CheckDefinitions(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Array when json.GetArrayLength() == 0 => TwinErrors.FeatureDefinitionEmpty(),
        JsonValueKind.Array => json.EnumerateArray()
            .Select(i => i.ValueKind == JsonValueKind.String ? CheckDefinition(i) : TwinErrors.InvalidValue("an array of identifiers"))
            .FirstOrDefault(e => e is not null),
        _ => TwinErrors.InvalidValue("a feature definition, which is an array of identifiers"),
    };

    private static bool IsIdentifier(string text) =>
        IdentifierPattern().IsMatch(text) || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url!.Scheme is "http" or "https");

    [GeneratedRegex(@"\A[_a-zA-Z0-9\-.]+:[_a-zA-Z0-9\-.]+:[_a-zA-Z0-9\-.]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdentifierPattern();

    private static DittoError? ObjectOrNull(JsonElement json) =>
        Expect(json.ValueKind is JsonValueKind.Object or JsonValueKind.Null, "a JSON object");

    private static DittoError? Expect(bool holds, string expected) => holds ? null : TwinErrors.InvalidValue(expected);
}
