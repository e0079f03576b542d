using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>A place in a thing's metadata, seen from the part that a command names (<c>ditto.md</c> 1.4). <c>*</c> stands for each member of
/// attributes, features or properties; in front of everything else for each leaf; alone for everything.</summary>
internal sealed class MetadataKey
{
    private const string Any = "*";

    private readonly ImmutableArray<string> _segments;
    private readonly int _mirrored;
    private readonly bool _ofLeaves;

    private MetadataKey(ImmutableArray<string> segments, int mirrored, bool ofLeaves) =>
        (_segments, _mirrored, _ofLeaves) = (segments, mirrored, ofLeaves);

    /// <summary>Whether it is <c>*</c> alone.</summary>
    public bool IsEverything => _segments is [Any];

    /// <summary>Reads a key.</summary>
    /// <param name="text">The key; a slash in front is optional.</param>
    /// <param name="on">The part that it is seen from.</param>
    /// <param name="key">The result.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(
        string text, ResourcePath on, [NotNullWhen(true)] out MetadataKey? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        if (!JsonPointer.TryParse(text.StartsWith('/') ? text : "/" + text, out var pointer, out problem))
            return false;
        key = Of(pointer.Segments, on);
        problem = key is null ? $"'{text}' is no key of metadata here" : null;
        return key is not null;
    }

    /// <summary>The places that it names in what a change says: where wildcards stand there has to be something.</summary>
    /// <param name="said">What the change says.</param>
    /// <param name="isPatch">Whether a <c>null</c> in it takes away.</param>
    public IEnumerable<ImmutableArray<string>> In(JsonElement said, bool isPatch)
    {
        if (_ofLeaves)
            return Leaves(said, [], isPatch).Select(leaf => leaf.AddRange(_segments.AsSpan()[1..]));
        return _mirrored == 0
            ? [_segments]
            : Matches(said, [], _mirrored, isPatch).Select(place => place.AddRange(_segments.AsSpan()[_mirrored..]));
    }

    /// <summary>The places that it names in metadata, where something stands.</summary>
    public IEnumerable<ImmutableArray<string>> Among(JsonElement metadata) => _ofLeaves
        ? Holders(metadata, JsonPointer.Of(_segments[1..]), []).Select(holder => holder.AddRange(_segments.AsSpan()[1..]))
        : Matches(metadata, [], _segments.Length, false);

    private static MetadataKey? Of(ImmutableArray<string> segments, ResourcePath on)
    {
        if (!segments.Contains(Any))
            return segments.IsEmpty ? null : new MetadataKey(segments, 0, false);
        if (segments is [Any])
            return new MetadataKey(segments, 0, false);
        var (mirrored, ofLeaves) = (on, segments) switch
        {
            ({ Kind: ResourceKind.Thing }, ["features", _, "properties", _, _, ..]) => (4, false),
            ({ Kind: ResourceKind.Thing }, ["attributes", Any, _, ..]) => (2, false),
            ({ Kind: ResourceKind.Features }, [_, "properties", _, _, ..]) => (3, false),
            ({ Kind: ResourceKind.Feature, Pointer.IsRoot: true }, ["properties", Any, _, ..]) => (2, false),
            ({ Kind: ResourceKind.Features } or { Kind: ResourceKind.Feature, Pointer.IsRoot: true }, _) => (0, false),
            (_, [Any, _, ..]) => (1, true),
            _ => (0, false),
        };
        return mirrored == 0 || segments.AsSpan()[mirrored..].Contains(Any) ? null : new MetadataKey(segments, mirrored, ofLeaves);
    }

    private static IEnumerable<ImmutableArray<string>> Leaves(JsonElement value, ImmutableArray<string> way, bool isPatch)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return value.EnumerateObject().SelectMany(m => Leaves(m.Value, way.Add(m.Name), isPatch));
        return isPatch && value.ValueKind == JsonValueKind.Null ? [] : [way];
    }

    private static IEnumerable<ImmutableArray<string>> Holders(JsonElement value, JsonPointer key, ImmutableArray<string> way)
    {
        if (key.TryGet(value, out _))
            yield return way;
        if (value.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var holder in value.EnumerateObject().Where(m => m.Name != key.Segments[0]).SelectMany(m => Holders(m.Value, key, way.Add(m.Name))))
            yield return holder;
    }

    private IEnumerable<ImmutableArray<string>> Matches(JsonElement value, ImmutableArray<string> way, int depth, bool isPatch)
    {
        if (way.Length == depth)
            return isPatch && value.ValueKind == JsonValueKind.Null ? [] : [way];
        if (value.ValueKind != JsonValueKind.Object)
            return [];
        var key = _segments[way.Length];
        if (key == Any)
            return value.EnumerateObject().SelectMany(m => Matches(m.Value, way.Add(m.Name), depth, isPatch));
        return value.TryGetProperty(key, out var below) ? Matches(below, way.Add(key), depth, isPatch) : [];
    }
}
