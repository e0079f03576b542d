namespace Leda.Harness.Protocol.Hono;

/// <summary>What travels on a device topic.</summary>
public enum DeviceTopicKind
{
    /// <summary>From the device, must not be lost: <c>event</c>, short <c>e</c>.</summary>
    Event,

    /// <summary>From the device, may be lost: <c>telemetry</c>, short <c>t</c>.</summary>
    Telemetry,

    /// <summary>To the device: <c>command/…/req</c>, short <c>c/…/q</c>.</summary>
    CommandRequest,

    /// <summary>From the device, an answer: <c>command/…/res</c>, short <c>c/…/s</c>.</summary>
    CommandResponse,
}
