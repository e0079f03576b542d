using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Signals;

/// <summary>Which signals of one kind a subscriber wants, and with what (<c>ditto.md</c> 5.4). Immutable.</summary>
/// <param name="Filter">What must hold of the change and the extra fields; <see langword="null"/> for no filter.</param>
/// <param name="Namespaces">The namespaces of its things; <see langword="null"/> for all.</param>
/// <param name="Extra">What is added; <see langword="null"/> for nothing.</param>
internal sealed record Subscription(RqlExpression? Filter, ImmutableHashSet<string>? Namespaces, ExtraFields? Extra)
{
    /// <summary>Reads the parameters of a <c>START-SEND-…</c>.</summary>
    public static bool TryRead(
        IReadOnlyDictionary<string, string> parameters, [NotNullWhen(true)] out Subscription? subscription, [NotNullWhen(false)] out DittoError? error)
    {
        subscription = null;
        error = null;
        RqlExpression? filter = null;
        ExtraFields? extra = null;
        if (parameters.GetValueOrDefault("filter") is { Length: > 0 } rql && !RqlExpression.TryParseSignalFilter(rql, out filter, out error))
            return false;
        if (parameters.GetValueOrDefault("extraFields") is { Length: > 0 } fields && !ExtraFields.TryParse(fields, out extra, out error))
            return false;
        var namespaces = parameters.GetValueOrDefault("namespaces")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        subscription = new Subscription(filter, namespaces is { Length: > 0 } ? [.. namespaces] : null, extra);
        return true;
    }

    /// <summary>Whether it wants to hear of things of this namespace at all.</summary>
    public bool Covers(string @namespace) => Namespaces?.Contains(@namespace) ?? true;

    /// <summary>What the subscriber may see of a signal: cut to what may be read, enriched, and only then filtered.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="reader">What the subscriber may read of its thing.</param>
    /// <param name="now">The instant that <c>time:now</c> means.</param>
    /// <returns><see langword="null"/> if the subscriber gets nothing.</returns>
    public SignalSight? See(Signal signal, Enforcer reader, DateTimeOffset now)
    {
        if (!Covers(signal.Topic.ThingId.Namespace) || !TryReduce(signal, reader, out var value, out var isWhole))
            return null;
        var extra = Extra?.Of(signal, reader);
        if (Filter is not null && !Filter.Matches(Subject(signal, value, extra, now), RqlSemantics.InMemory))
            return null;
        return new SignalSight(value, isWhole, extra);
    }

    /// <summary>A signal as the subscriber gets it.</summary>
    /// <returns>The envelope as text, the one for all where nothing is special about it; <see langword="null"/> if the subscriber gets nothing.</returns>
    /// <inheritdoc cref="See"/>
    public byte[]? Serve(Signal signal, Enforcer reader, DateTimeOffset now)
    {
        if (See(signal, reader, now) is not { } sight)
            return null;
        return sight is { IsWhole: true, Extra: null }
            ? signal.Utf8
            : (signal.Envelope with { Value = sight.Value, Extra = sight.Extra, Metadata = Metadata(signal.Envelope, reader) }).ToUtf8();
    }

    private static JsonElement? Metadata(Envelope envelope, Enforcer reader) =>
        envelope.Metadata is { } metadata && ResourcePath.TryParse(envelope.Path, out var path, out _) && reader.TryView(path, metadata, out var view)
            ? view
            : null;

    private static SignalSubject Subject(Signal signal, JsonElement? value, JsonElement? extra, DateTimeOffset now) => new()
    {
        Now = now,
        Topic = signal.Topic,
        Path = signal.Envelope.Path,
        Value = value,
        Extra = extra,
        Revision = signal.Envelope.Revision,
        Modified = signal.Thing?.Modified,
    };

    /// <summary>Cuts a signal to what may be read.</summary>
    /// <returns><see langword="false"/> if nothing of it may.</returns>
    private static bool TryReduce(Signal signal, Enforcer reader, out JsonElement? value, out bool isWhole)
    {
        value = signal.Envelope.Value;
        isWhole = true;
        if (signal.Topic.Criterion == Criterion.Messages)
            return MessagePath.TryParse(signal.Envelope.Path, out var message, out _) && reader.CanReceive(message);
        if (!ResourcePath.TryParse(signal.Envelope.Path, out var path, out _))
            return false;
        if (reader.CanReadAll(path))
            return true;
        isWhole = false;
        return reader.TryReduce(path, signal.Envelope.Value, out value);
    }
}
