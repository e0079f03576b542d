using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>The founding example, as the cloud sees it.</summary>
public sealed class DemoContainersTests
{
    private static readonly string[] _inventory =
    [
        "ghcr.io%2Feclipse%2Fkuksa.val%2Fdatabroker.<uuid>:0.2.5",
        "ghcr.io%2Feclipse%2Fkuksa.val.services%2Fseat_service.<uuid>:v0.1.0",
        "ghcr.io%2Feclipse-leda%2Fleda-contrib-cloud-connector%2Fcloudconnector.<uuid>:latest",
        "ghcr.io%2Feclipse-leda%2Fleda-contrib-self-update-agent%2Fself-update-agent.<uuid>:build-20",
        "ghcr.io%2Feclipse-leda%2Fleda-contrib-vehicle-update-manager%2Fvehicleupdatemanager.<uuid>:latest",
    ];

    private const string SeatService =
        """{"name":"seatservice-example","imageRef":"ghcr.io/eclipse/kuksa.val.services/seat_service:v0.1.0","config":{"domainName":"seatservice-example-domain","hostName":"seatservice-example-host","env":["VEHICLEDATABROKER_DAPR_APP_ID=databroker","BROKER_ADDR=databroker-host:30555","RUST_LOG=info","vehicle_data_broker=info"],"restartPolicy":{"type":"UNLESS_STOPPED"},"extraHosts":["databroker-host:host_ip"],"portMappings":[{"proto":"tcp","hostPort":30051,"hostPortEnd":30051,"containerPort":50051,"hostIP":"localhost"}],"networkMode":"BRIDGE","log":{"type":"JSON_FILE","maxFiles":2,"maxSize":"1M","mode":"BLOCKING"}},""";

    [Fact]
    public void All_Registered_InventoryIsThatOfTheFoundingExample() => World.Run(async world =>
    {
        await using var device = await world.StartDeviceAsync(new DeviceOptions { Containers = DemoContainers.All });
        world.Forget();
        await world.AnnounceAsync(World.Identity);

        var feature = Value(world, "SoftwareUpdatable");
        Assert.True(JsonPointer.Parse("/properties/status/installedDependencies").TryGet(feature, out var installed));
        Assert.Equal(
            _inventory.Order(StringComparer.Ordinal),
            installed.EnumerateObject().Select(m => m.Name.Replace(m.Value.GetProperty("name").GetString()!, "<uuid>")).Order(StringComparer.Ordinal));
        Assert.All(device.Containers, c => Assert.True(c.HasProcess));
    });

    [Fact]
    public void SeatService_Registered_IsTheSampleOfTheFoundingExample() => World.Run(async world =>
    {
        await using var device = await world.StartDeviceAsync(new DeviceOptions { Containers = DemoContainers.All });
        world.Forget();
        await world.AnnounceAsync(World.Identity);

        var feature = Value(world, $"Container:{device.Containers[1].Id}");
        Assert.Equal("com.bosch.iot.suite.edge.containers:Container:1.5.0", Assert.Single(feature.GetProperty("definition").EnumerateArray()).GetString());
        Assert.StartsWith(SeatService, feature.GetProperty("properties").GetProperty("status").GetRawText(), StringComparison.Ordinal);
    });

    [Fact]
    public void Make_ManyContainers_AllAreAcceptedAndTheSameFromTheSameSeed() => World.Run(async world =>
    {
        var made = BelievableContainers.Make(200, 3);
        Assert.Equal(Text(made), Text(BelievableContainers.Make(200, 3)));
        Assert.NotEqual(Text(made), Text(BelievableContainers.Make(200, 4)));

        await using var device = await world.StartDeviceAsync(new DeviceOptions { Containers = made });

        Assert.Equal(200, device.Containers.Select(c => c.Id).Distinct().Count());
        Assert.Contains(device.Containers, c => !c.HasProcess);
    });

    private static JsonElement Value(World world, string told) =>
        Envelope.Parse(world.Published[world.Told.IndexOf(told)].Payload.Span).Value!.Value;

    private static string Text(IReadOnlyList<Protocol.Kanto.CreateArguments> made) =>
        string.Join('\n', made.Select(a => JsonSerializer.Serialize(a, Protocol.Kanto.KantoJson.Default.CreateArguments)));
}
