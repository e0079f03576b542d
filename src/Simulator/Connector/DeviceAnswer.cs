using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Connector;

/// <summary>What a device is told of something that it had sent (<c>connectors-and-leda.md</c> 4.6).</summary>
/// <param name="Device">Which device.</param>
/// <param name="Subject">The subject of the one-way command, for example <c>modify-response</c>.</param>
/// <param name="Envelope">The response or error.</param>
internal sealed record DeviceAnswer(string Device, string Subject, Envelope Envelope);
