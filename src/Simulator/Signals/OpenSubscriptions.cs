using System.Collections.Concurrent;

namespace Leda.Harness.Simulator.Signals;

/// <summary>
/// The subscriptions of one session that are served request by request (<c>ditto.md</c> 5.6 and 5.7), while nobody serves them. Whoever takes
/// one out speaks for it: a request, a cancel, or the timer when nothing was requested for too long.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="expired">Tells the session that one has ended by the timer.</param>
internal sealed class OpenSubscriptions<T>(TimeProvider time, Func<string, T, ValueTask> expired) : IDisposable
    where T : class
{
    /// <summary>How many can be open at once.</summary>
    public const int Most = 100;

    private readonly ConcurrentDictionary<string, (T Subscription, ITimer Idle)> _open = [];

    /// <summary>How long one may be without a request.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether there is no room for one more.</summary>
    public bool IsFull => _open.Count >= Most;

    /// <summary>Whether the session is gone.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Takes one out; <see langword="null"/> if it is not there.</summary>
    public T? Take(string id)
    {
        if (!_open.TryRemove(id, out var found))
            return null;
        found.Idle.Dispose();
        return found.Subscription;
    }

    /// <summary>Puts one in, until it is taken out or its time has passed.</summary>
    public void Put(string id, T subscription)
    {
        _open[id] = (subscription, time.CreateTimer(_ => _ = ExpireAsync(id), null, Patience, Timeout.InfiniteTimeSpan));
        if (IsClosed)
            Take(id);
    }

    /// <summary>The session is gone: all end, and nothing is told.</summary>
    public void Dispose()
    {
        IsClosed = true;
        foreach (var id in _open.Keys)
            Take(id);
    }

    private async Task ExpireAsync(string id)
    {
        if (Take(id) is { } subscription)
            await expired(id, subscription);
    }
}
