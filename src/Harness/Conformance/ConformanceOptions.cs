using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance;

/// <summary>How a device is tried.</summary>
internal sealed record ConformanceOptions
{
    /// <summary>Who the gateway is told to be.</summary>
    public required GatewayIdentity Identity { get; init; }

    /// <summary>Whether the suite may make and remove containers, and send what is known to end the original.</summary>
    public bool Destructive { get; init; }

    /// <summary>The image of the containers that the suite makes; default the one that Kanto's own integration tests use.</summary>
    public string Image { get; init; } = "docker.io/library/influxdb:1.8.4";

    /// <summary>How long an answer or a twin's update may take; default 10 s. What pulls images or stops containers gets six times as long.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for a device to register.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long silence has to last to be believed; default 1 s.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Ids, or beginnings of ids, of the requirements to play; all if there are none.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether nobody but the device and the suite is on the bus, so that all that is said is the device's.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whether the record tells subscriptions, quality of service and retention, as only a broker can.</summary>
    public bool SeesTheBroker { get; init; }

    /// <summary>What all ids are drawn from.</summary>
    public int Seed { get; init; } = 1;
}
