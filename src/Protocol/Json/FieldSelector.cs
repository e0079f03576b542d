using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Protocol.Json;

/// <summary>
/// Which parts of a JSON object somebody wants to see: <c>thingId,attributes(a,b/c),features/*/properties/x</c>, the query parameter
/// <c>fields</c> and the <c>extraFields</c> of a subscription (<c>ditto.md</c> 4.1). <c>*</c> stands for every feature id and for nothing else.
/// Placeholders in braces have to be replaced before the text is read.
/// </summary>
public sealed class FieldSelector
{
    private readonly FieldNode _root;
    private readonly string _text;

    private FieldSelector(string text, FieldNode root, ImmutableArray<JsonPointer> pointers)
    {
        _text = text;
        _root = root;
        Pointers = pointers;
    }

    /// <summary>The selected places as they were written, groups resolved, below what the selector is applied on; the segment <c>*</c> stands
    /// for every feature.</summary>
    public ImmutableArray<JsonPointer> Pointers { get; }

    /// <summary>Reads a selector.</summary>
    /// <param name="text">The selector.</param>
    /// <param name="selector">The result.</param>
    /// <param name="error">What is wrong and where: 400 <c>json.fieldselector.invalid</c>.</param>
    /// <param name="on">What it is applied on, seen from the thing: the root (default), <c>/features</c>, <c>/attributes</c> … It decides where
    /// <c>*</c> stands for a feature id.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out FieldSelector? selector, [NotNullWhen(false)] out DittoError? error, JsonPointer on = default)
    {
        var parser = new FieldSelectorParser(text);
        selector = null;
        error = parser.Parse() is { } problem
            ? new DittoError(400, "json.fieldselector.invalid", $"The field selector '{PlainText.Of(text)}' is not valid.", problem)
            : null;
        if (error is not null)
            return false;
        var root = new FieldNode();
        foreach (var pointer in parser.Pointers)
            root.Add(pointer.Segments.AsSpan(), on.Segments);
        root.Spread();
        selector = new FieldSelector(text, root, [.. parser.Pointers.Distinct()]);
        return true;
    }

    /// <summary>The selected parts of an object, in its order; what is absent is left out with all that would have held it, so that <c>{}</c>
    /// may be left. Anything but an object comes back as it is.</summary>
    public JsonElement Select(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? JsonText.Build(writer => _root.Write(writer, value)) : value;

    /// <summary>Whether the value at a place is selected as a whole.</summary>
    public bool Covers(JsonPointer place) => _root.Covers(place.Segments.AsSpan());

    /// <summary>Whether the value at a place is selected, or lies in something that is, or may hold something that is.</summary>
    public bool Touches(JsonPointer place) => _root.Touches(place.Segments.AsSpan());

    /// <summary>The selector as it was written.</summary>
    public override string ToString() => _text;
}
