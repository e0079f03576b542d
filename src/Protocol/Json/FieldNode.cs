using System.Collections.Immutable;
using System.Text.Json;

namespace Leda.Harness.Protocol.Json;

/// <summary>One key on the way to what a <see cref="FieldSelector"/> selects.</summary>
internal sealed class FieldNode
{
    private readonly Dictionary<string, FieldNode> _children = new(StringComparer.Ordinal);
    private FieldNode? _everyOther;
    private bool _whole;

    /// <summary>Adds a way down from here.</summary>
    /// <param name="way">The keys that are left.</param>
    /// <param name="above">The keys from the thing to here.</param>
    public void Add(ReadOnlySpan<string> way, ImmutableArray<string> above)
    {
        if (way.IsEmpty)
        {
            _whole = true;
            return;
        }

        FieldNode? child;
        if (way[0] == "*" && above is ["features"])
            child = _everyOther ??= new FieldNode();
        else if (!_children.TryGetValue(way[0], out child))
            child = _children[way[0]] = new FieldNode();
        child.Add(way[1..], above.Add(way[0]));
    }

    /// <summary>What is wanted of every feature is wanted of those that are named, too.</summary>
    public void Spread()
    {
        foreach (var child in _children.Values)
        {
            if (_everyOther is not null)
                child.Take(_everyOther);
            child.Spread();
        }
    }

    public bool Covers(ReadOnlySpan<string> way) => _whole || (!way.IsEmpty && Child(way[0]) is { } child && child.Covers(way[1..]));

    public bool Touches(ReadOnlySpan<string> way) => _whole || way.IsEmpty || (Child(way[0]) is { } child && child.Touches(way[1..]));

    /// <summary>Writes what is selected of a value.</summary>
    public void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (_whole)
        {
            value.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            if (Child(member.Name) is not { } child || !child.Finds(member.Value))
                continue;
            writer.WritePropertyName(member.Name);
            child.Write(writer, member.Value);
        }

        writer.WriteEndObject();
    }

    private bool Finds(JsonElement value) =>
        _whole || (value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Any(m => Child(m.Name) is { } child && child.Finds(m.Value)));

    private FieldNode? Child(string key) => _children.GetValueOrDefault(key) ?? _everyOther;

    private void Take(FieldNode other)
    {
        _whole |= other._whole;
        foreach (var (key, theirs) in other._children)
        {
            if (!_children.TryGetValue(key, out var mine))
                mine = _children[key] = new FieldNode();
            mine.Take(theirs);
        }
    }
}
