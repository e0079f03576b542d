using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>A message, as far as it can be understood.</summary>
/// <param name="Topic">Its MQTT topic; empty for a bare envelope.</param>
/// <param name="Bus">The same, if it is one between a device and the cloud.</param>
/// <param name="Signal">Its envelope, if it is one.</param>
internal sealed record SpokenMessage(string Topic, DeviceTopic? Bus, Signal? Signal)
{
    /// <summary>Whether it is a command to which an answer can be given and is wanted.</summary>
    public bool IsTwoWay => Bus is not { RequestId.Length: 0 } && Signal?.Envelope.Headers.ResponseRequired == true;

    /// <summary>The family and the path below the feature, as <c>Container/properties/status/state</c>; <see langword="null"/> if it is about no feature.</summary>
    public string? Place => Signal switch
    {
        { Message: { FeatureId: { } feature } path } => Signal.FamilyOf(feature) + (path with { FeatureId = null }),
        { Kind: "twin command", Features: [{ } part] } when part.Below.Length > 0 => part.Family + part.Below,
        _ => null,
    };
}
