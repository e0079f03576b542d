namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>What a socket can subscribe to, one subscription of each (<c>ditto.md</c> 5.2).</summary>
internal enum SignalKind
{
    Events,
    Messages,
    LiveCommands,
    LiveEvents,
    PolicyAnnouncements,
}
