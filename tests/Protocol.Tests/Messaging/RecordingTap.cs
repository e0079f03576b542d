using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Protocol.Tests.Messaging;

/// <summary>Remembers what a broker saw and lets tests wait for it, so that no test has to sleep.</summary>
public sealed class RecordingTap : IBusTap
{
    private readonly Lock _gate = new();
    private readonly List<BusObservation> _seen = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<BusObservation> Seen
    {
        get
        {
            lock (_gate)
                return [.. _seen];
        }
    }

    public ValueTask ObserveAsync(BusObservation observation)
    {
        lock (_gate)
        {
            _seen.Add(observation);
            _news.SetResult();
            _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return default;
    }

    /// <summary>Waits until there are as many observations like this as asked for, and gives the last of them.</summary>
    public async Task<BusObservation> WaitForAsync(Func<BusObservation, bool> match, int count = 1)
    {
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (_seen.Where(match).Take(count).ToList() is { } found && found.Count == count)
                    return found[^1];
                news = _news.Task;
            }

            try
            {
                await news.WaitAsync(Patience.Span, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException error)
            {
                throw new TimeoutException($"not seen {count} times; seen:\n{string.Join('\n', Seen)}", error);
            }
        }
    }

    public Task<BusObservation> WaitForAsync(BusObservationKind kind, string clientId, string? topic = null, int count = 1) =>
        WaitForAsync(o => o.Kind == kind && o.ClientId == clientId && (topic is null || o.Topic == topic), count);
}
