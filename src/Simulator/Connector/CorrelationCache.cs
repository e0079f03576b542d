using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// The commands that may still be answered, as the suite connector keeps them (<c>connectors-and-leda.md</c> 1.6 and 1.7): for the time-out
/// of the command and 5 s more; a time-out of zero is not kept; the first answer takes the entry away.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class CorrelationCache(TimeProvider time)
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    private readonly Lock _changing = new();
    private readonly Dictionary<string, DateTimeOffset> _expiries = [];
    private readonly PriorityQueue<string, DateTimeOffset> _byExpiry = new();

    public void Remember(string correlationId, string? timeout)
    {
        var wait = DittoDuration.OrDefault(timeout);
        if (wait == TimeSpan.Zero)
            return;
        lock (_changing)
        {
            Forget();
            var expiry = time.GetUtcNow() + wait + _grace;
            _expiries[correlationId] = expiry;
            _byExpiry.Enqueue(correlationId, expiry);
        }
    }

    public bool Take([NotNullWhen(true)] string? correlationId)
    {
        lock (_changing)
        {
            Forget();
            return correlationId is not null && _expiries.Remove(correlationId);
        }
    }

    private void Forget()
    {
        while (_byExpiry.TryPeek(out var id, out var expiry) && expiry <= time.GetUtcNow())
        {
            _byExpiry.Dequeue();
            if (_expiries.TryGetValue(id, out var current) && current == expiry)
                _expiries.Remove(id);
        }
    }
}
