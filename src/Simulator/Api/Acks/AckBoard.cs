using System.Collections.Concurrent;
using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.Acks;

/// <summary>Who gives which acknowledgement, and which commands wait for some (<c>ditto.md</c> 4.7 and 5.4).</summary>
internal sealed class AckBoard(DittoCloud cloud)
{
    /// <summary>How many commands can wait at once.</summary>
    public const int MaxPending = 10_000;

    private readonly ConcurrentDictionary<string, string> _declared = [];
    private readonly ConcurrentDictionary<string, AckCollector> _pending = [];

    /// <summary>From now on one connection gives these acknowledgements, until <see cref="Withdraw"/>.</summary>
    /// <returns>The error if another one gives one of them already; then none is declared.</returns>
    public DittoError? Declare(string connection, ImmutableHashSet<string> labels)
    {
        foreach (var label in labels)
        {
            if (_declared.TryAdd(label, connection))
                continue;
            Withdraw(connection, labels);
            return AckErrors.NotUnique(label);
        }

        return null;
    }

    /// <summary>A connection is gone.</summary>
    public void Withdraw(string connection, ImmutableHashSet<string> labels)
    {
        foreach (var label in labels)
            _declared.TryRemove(new KeyValuePair<string, string>(label, connection));
    }

    /// <summary>Takes an acknowledgement.</summary>
    /// <returns>Whether a command waits for it.</returns>
    public bool Acknowledge(ThingId thing, string correlationId, Acknowledgement acknowledgement) =>
        _pending.TryGetValue(correlationId, out var collector) && collector.Add(thing, acknowledgement);

    /// <summary>Executes a twin command that asks for more than its own answer. It is executed before this returns; only the acknowledgements
    /// are waited for.</summary>
    /// <returns>The acknowledgements and the outcome; none if the command was refused.</returns>
    /// <param name="command">The command, with its correlation id.</param>
    /// <param name="demand">What it asks for.</param>
    /// <param name="location">Where a new thing can be found over HTTP; <see langword="null"/> elsewhere.</param>
    /// <param name="cancellationToken">Nobody waits any longer.</param>
    public async Task<(ImmutableArray<Acknowledgement> Acks, TwinOutcome Outcome)> ExecuteAsync(
        TwinCommand command, AckDemand demand, string? location = null, CancellationToken cancellationToken = default)
    {
        var id = command.Headers.CorrelationId!;
        var collector = new AckCollector(command.Thing, id, demand.Labels, demand.Timeout);
        if (Open(collector) is { } full)
            return ([], TwinOutcome.Refused(full));
        try
        {
            var outcome = cloud.Things.Execute(command);
            if (outcome.Error is not null)
                return ([], outcome);
            collector.Add(command.Thing, Persisted(outcome, id, location));
            collector.Add(command.Thing, new Acknowledgement(AckLabels.SearchPersisted, 204, null, DittoHeaders.Of(id, false)));
            var all = await collector.CollectAsync(cloud.Time, cancellationToken);
            outcome = await cloud.KeptAsync(outcome);
            return (outcome.Error is null ? all : [], outcome);
        }
        finally
        {
            _pending.TryRemove(new KeyValuePair<string, AckCollector>(id, collector));
        }
    }

    private DittoError? Open(AckCollector collector)
    {
        if (_pending.Count >= MaxPending)
            return AckErrors.TooMany(MaxPending);
        return _pending.TryAdd(collector.CorrelationId, collector) ? null : AckErrors.Duplicate(collector.CorrelationId);
    }

    private static Acknowledgement Persisted(TwinOutcome outcome, string correlationId, string? location)
    {
        var headers = DittoHeaders.Of(correlationId, false, outcome.Value is null ? null : DittoHeaders.JsonContentType);
        if (outcome.ETag is { } tag)
            headers = headers.With("etag", JsonText.String(tag));
        if (location is not null && outcome.Status == 201)
            headers = headers.With("location", JsonText.String(location));
        return new Acknowledgement(AckLabels.TwinPersisted, outcome.Status, outcome.Value, headers);
    }
}
