using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>Changes of twins: of each what has changed, or of that a part, or of that the selected fields (<c>ditto.md</c> 4.5).</summary>
internal sealed class ChangeView : ISignalView
{
    private readonly ImmutableHashSet<ThingId>? _things;
    private readonly Subscription _subscription;
    private readonly JsonPointer _part;
    private readonly FieldSelector? _fields;
    private readonly bool _wantsContext;

    private ChangeView(ImmutableHashSet<ThingId>? things, Subscription subscription, JsonPointer part, FieldSelector? fields)
    {
        (_things, _subscription, _part, _fields) = (things, subscription, part, fields);
        _wantsContext = part.IsRoot && fields is not null && fields.Pointers.Any(p => p.Segments[0].StartsWith('_'));
    }

    /// <summary>Reads the parameters of a stream.</summary>
    /// <param name="things">Which twins; <see langword="null"/> for all.</param>
    /// <param name="part">Which part of them; the root for all of it.</param>
    /// <param name="parameters"><c>filter</c>, <c>namespaces</c>, <c>extraFields</c>, <c>fields</c>.</param>
    /// <param name="view">The result.</param>
    /// <param name="error">What is wrong with the first bad one.</param>
    public static bool TryRead(
        ImmutableHashSet<ThingId>? things, JsonPointer part, IReadOnlyDictionary<string, string> parameters,
        [NotNullWhen(true)] out ChangeView? view, [NotNullWhen(false)] out DittoError? error)
    {
        view = null;
        FieldSelector? fields = null;
        if (!Subscription.TryRead(parameters, out var subscription, out error))
            return false;
        if (parameters.GetValueOrDefault("fields") is { } text && !FieldSelector.TryParse(text, out fields, out error, part))
            return false;
        view = new ChangeView(things, subscription, part, fields);
        return true;
    }

    public bool Concerns(Signal signal) =>
        signal.Topic is { Channel: TopicPath.TwinChannel, Criterion: Criterion.Events } && signal.Envelope.Status is null
        && (_things?.Contains(signal.Topic.ThingId) ?? true) && _subscription.Covers(signal.Topic.ThingId.Namespace);

    public ServerEvent? Show(Signal signal, Enforcer reader, DateTimeOffset now)
    {
        if (_subscription.See(signal, reader, now) is not { } sight)
            return null;
        var changed = _wantsContext ? ChangedThing.WithContext(signal, sight) : ChangedThing.Of(signal, sight);
        if (!_part.TryGet(changed, out var shown))
            return null;
        if (_fields is not null)
        {
            shown = _fields.Select(shown);
            if (shown.ValueKind == JsonValueKind.Object && !shown.EnumerateObject().MoveNext())
                return null;
        }

        return new ServerEvent(JsonText.Write(shown.WriteTo));
    }
}
