namespace Leda.Harness.Device.Engines.Containerd.Network;

/// <summary>What all ports of a container share.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Log">For people.</param>
/// <param name="Listening">Cancelled when nobody is let in any more.</param>
/// <param name="Serving">Cancelled when those who are in have to leave.</param>
internal sealed record PortSurroundings(TimeProvider Time, Action<string> Log, CancellationToken Listening, CancellationToken Serving);
