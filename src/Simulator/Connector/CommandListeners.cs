using System.Collections.Concurrent;
using System.Collections.Immutable;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// Who listens to commands on the bus: clients that subscribe to all commands of one child, <c>command//&lt;child&gt;/req/#</c> or
/// <c>c//&lt;child&gt;/q/#</c>, which the suite connector passes on to the hub (<c>connectors-and-leda.md</c> 1.4). It hands on what it sees.
/// </summary>
/// <param name="next">Sees everything, too.</param>
public sealed class CommandListeners(IBusTap next) : IBusTap
{
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> _filters = new();

    /// <summary>Is told of a child to which somebody begins or ceases to listen; must not take long, as the bus waits.</summary>
    internal Action<string>? Changed { get; set; }

    /// <summary>Whether somebody listens to the commands of a child.</summary>
    internal bool Has(string child)
    {
        var command = DeviceTopic.CommandFilter(child);
        return _filters.Any(f => f.Value.Contains(command) || f.Value.Contains($"c//{child}/q/#"));
    }

    /// <inheritdoc/>
    public async ValueTask ObserveAsync(BusObservation observation)
    {
        await next.ObserveAsync(observation);
        var (client, filter) = (observation.ClientId, observation.Topic);
        if (observation.Kind == BusObservationKind.Subscribe && ChildOf(filter) is { } begun)
        {
            _filters.AddOrUpdate(client, [filter], (_, filters) => filters.Add(filter));
            Changed?.Invoke(begun);
        }
        else if (observation.Kind == BusObservationKind.Unsubscribe && ChildOf(filter) is { } ended)
        {
            _filters.AddOrUpdate(client, [], (_, filters) => filters.Remove(filter));
            Changed?.Invoke(ended);
        }
        else if (observation.Kind == BusObservationKind.Disconnect && _filters.TryRemove(client, out var all))
        {
            foreach (var child in all.Select(ChildOf).Distinct())
                Changed?.Invoke(child!);
        }
    }

    private static string? ChildOf(string filter) => filter.Split('/') switch
    {
        ["command", "", { Length: > 0 } child, "req", "#"] when child != "+" => child,
        ["c", "", { Length: > 0 } child, "q", "#"] when child != "+" => child,
        _ => null,
    };
}
