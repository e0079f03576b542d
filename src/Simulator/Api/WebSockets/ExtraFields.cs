using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>What a subscriber wants to have added to each signal from the state of its thing (<c>ditto.md</c> 5.4).</summary>
internal sealed partial class ExtraFields
{
    private readonly string _text;
    private readonly FieldSelector? _selector;

    private ExtraFields(string text, FieldSelector? selector) => (_text, _selector) = (text, selector);

    /// <summary>Reads a field selector, which may have placeholders such as <c>{{ feature:id }}</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ExtraFields? fields, [NotNullWhen(false)] out DittoError? error)
    {
        var isFixed = !Placeholder().IsMatch(text);
        fields = FieldSelector.TryParse(Placeholder().Replace(text, "x"), out var selector, out error)
            ? new ExtraFields(text, isFixed ? selector : null)
            : null;
        return fields is not null;
    }

    /// <summary>The fields as they are after the signal, cut to what the subscriber may read; <see langword="null"/> if none of them is there.</summary>
    public JsonElement? Of(Signal signal, Enforcer reader)
    {
        if (signal.Thing is not { } thing || SelectorFor(signal) is not { } selector)
            return null;
        var isFull = selector.Pointers.Any(p => p.Segments is [['_', ..], ..]);
        var extra = selector.Select(reader.View(isFull ? thing.ToFullJson() : thing.ToJson()));
        return extra.EnumerateObject().MoveNext() ? extra : null;
    }

    /// <summary>The selector with its placeholders filled; <see langword="null"/> if the signal has nothing to fill them with.</summary>
    private FieldSelector? SelectorFor(Signal signal)
    {
        if (_selector is not null)
            return _selector;
        var filled = Placeholder().Replace(_text, match => ValueOf(match.Groups[1].Value, signal) ?? "");
        return FieldSelector.TryParse(filled, out var selector, out _) ? selector : null;
    }

    private static string? ValueOf(string placeholder, Signal signal) => placeholder switch
    {
        "thing:id" or "entity:id" => signal.Topic.ThingId.ToString(),
        "thing:namespace" or "entity:namespace" => signal.Topic.ThingId.Namespace,
        "thing:name" or "entity:name" => signal.Topic.ThingId.Name,
        "feature:id" => FeatureOf(signal.Envelope.Path),
        "topic:action" => signal.Topic.Action,
        _ => null,
    };

    private static string? FeatureOf(string path) => path.Split('/') is ["", "features", { Length: > 0 } id, ..] ? id : null;

    [GeneratedRegex(@"\{\{\s*([a-z]+:[a-zA-Z-]+)\s*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
