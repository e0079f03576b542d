using Leda.Harness.Device;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Hosting;

/// <summary>What world <see cref="LedaHarness"/> is to start.</summary>
public sealed record HarnessOptions
{
    /// <summary>The identity of the project's founding example.</summary>
    public static GatewayIdentity FoundingIdentity { get; } =
        new("dummy-namespace:dummy-gateway:dummy-device-id", "dummy-tenant-id");

    /// <summary>Who the gateway is; default <see cref="FoundingIdentity"/>.</summary>
    public GatewayIdentity Identity { get; init; } = FoundingIdentity;

    /// <summary>Whether the harness brings its own device; default true.</summary>
    public bool Device { get; init; } = true;

    /// <summary>Whether the cloud connector starts; default true.</summary>
    public bool Connector { get; init; } = true;

    /// <summary>The containers of a device that has none yet; default those of the founding example.</summary>
    public ContainerSupply Containers { get; init; } = ContainerSupply.Demo;

    /// <summary>Where the device keeps its state; default <see langword="null"/>: in memory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where the cloud keeps twins, policies and the device registry, in a file <c>cloud.db</c>; default <see langword="null"/>: in
    /// memory. Not with a virtual clock. It may be the same as <see cref="DataDirectory"/>.</summary>
    public string? CloudDirectory { get; init; }

    /// <summary>What else the device is made of; default a simulated device as the original is. <see cref="Containers"/> and
    /// <see cref="DataDirectory"/> take the place of its own.</summary>
    public DeviceOptions DeviceOptions { get; init; } = new();

    /// <summary>Whether the bus is in memory, without sockets; default false: a real MQTT broker.</summary>
    public bool InMemory { get; init; }

    /// <summary>The MQTT port on loopback; default 1883, 0 means any free one. Not used in memory.</summary>
    public int MqttPort { get; init; } = 1883;

    /// <summary>How the cloud is offered over HTTP; default <see langword="null"/>: not at all.</summary>
    public ApiOptions? Http { get; init; }

    /// <summary>What messages are judged by; default <see langword="null"/>: the contract as it is.</summary>
    public SchemaCatalogue? Schemas { get; init; }

    /// <summary>What all ids and choices are drawn from; default 1. Equal seeds give equal ids.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Takes what the device has to say to people; default nobody.</summary>
    public Action<string> DeviceLog { get; init; } = _ => { };

    /// <summary>Takes what the cloud has to say to people, for example that it cannot write to disk; default nobody.</summary>
    public Action<string> CloudLog { get; init; } = _ => { };
}
