using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>The five containers of the founding example, as a Leda image ships them (<c>seed-flow.md</c>), all to be started.</summary>
public static class DemoContainers
{
    /// <summary>What to create, in order.</summary>
    public static IReadOnlyList<CreateArguments> All { get; } =
    [
        Running("databroker", "ghcr.io/eclipse/kuksa.val/databroker:0.2.5"),
        Running("seatservice-example", "ghcr.io/eclipse/kuksa.val.services/seat_service:v0.1.0") with { Config = SeatService },
        Running("cloud-connector", "ghcr.io/eclipse-leda/leda-contrib-cloud-connector/cloudconnector:latest"),
        Running("self-update-agent", "ghcr.io/eclipse-leda/leda-contrib-self-update-agent/self-update-agent:build-20"),
        Running("vehicle-update-manager", "ghcr.io/eclipse-leda/leda-contrib-vehicle-update-manager/vehicleupdatemanager:latest"),
    ];

    private static ContainerConfig SeatService => new()
    {
        DomainName = "seatservice-example-domain",
        HostName = "seatservice-example-host",
        Env =
        [
            "VEHICLEDATABROKER_DAPR_APP_ID=databroker",
            "BROKER_ADDR=databroker-host:30555",
            "RUST_LOG=info",
            "vehicle_data_broker=info",
        ],
        RestartPolicy = new RestartPolicy { Type = "UNLESS_STOPPED" },
        ExtraHosts = ["databroker-host:host_ip"],
        PortMappings = [new PortMapping { Proto = "tcp", HostPort = 30051, HostPortEnd = 30051, ContainerPort = 50051, HostIP = "localhost" }],
        NetworkMode = "BRIDGE",
        Log = new LogConfig { Type = "JSON_FILE", MaxFiles = 2, MaxSize = "1M", Mode = "BLOCKING" },
    };

    private static CreateArguments Running(string name, string image) => new() { Name = name, ImageRef = image, Start = true };
}
