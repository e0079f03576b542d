using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Device.Agent;

/// <summary>A command as it arrived, with what the agent was at that moment.</summary>
/// <param name="Thing">The thing that it is to be for; <see langword="null"/> after the twin was deleted in the cloud (2.6).</param>
/// <param name="Topic">Where it arrived.</param>
/// <param name="Payload">What arrived, whatever it is.</param>
internal sealed record IncomingCommand(ThingId? Thing, DeviceTopic Topic, ReadOnlyMemory<byte> Payload);
