using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Api.Acks;

/// <summary>Gathers the acknowledgements of one command until all are there or time is up.</summary>
internal sealed class AckCollector(ThingId thing, string correlationId, ImmutableArray<string> labels, TimeSpan timeout)
{
    private readonly Lock _adding = new();
    private readonly Dictionary<string, Acknowledgement> _given = [];
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string CorrelationId => correlationId;

    /// <summary>Takes one; the first of a label counts.</summary>
    /// <returns>Whether it was waited for.</returns>
    public bool Add(ThingId of, Acknowledgement acknowledgement)
    {
        if (of != thing || !labels.Contains(acknowledgement.Label))
            return false;
        lock (_adding)
        {
            if (_complete.Task.IsCompleted || !_given.TryAdd(acknowledgement.Label, acknowledgement))
                return false;
            if (_given.Count == labels.Length)
                _complete.TrySetResult();
            return true;
        }
    }

    /// <summary>All of them in the order in which they were asked for; those that nobody gave in time say so.</summary>
    public async Task<ImmutableArray<Acknowledgement>> CollectAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await using var late = time.CreateTimer(_ => Close(), null, timeout, Timeout.InfiniteTimeSpan);
        await _complete.Task.WaitAsync(cancellationToken);
        lock (_adding)
            return [.. labels.Select(l => _given.GetValueOrDefault(l) ?? Acknowledgement.Missing(l, correlationId, timeout))];
    }

    private void Close()
    {
        lock (_adding)
            _complete.TrySetResult();
    }
}
