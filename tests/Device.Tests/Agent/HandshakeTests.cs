using System.Text;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Agent;

/// <summary>Sections 1.3 to 1.8 of the reference.</summary>
public sealed class HandshakeTests
{
    private static readonly string[] _bare = ["ContainerFactory", "Metrics", "SoftwareUpdatable"];

    [Fact]
    public void Connect_First_SubscribesThenAsksWithAnEmptyEnvelope() => World.Run(async world =>
    {
        await using var device = await world.StartDeviceAsync();

        Assert.Collection(
            world.Seen,
            o => Assert.Equal(BusObservationKind.Connect, o.Kind),
            o => Assert.Equal((BusObservationKind.Subscribe, "edge/thing/response", QualityOfService.AtLeastOnce), (o.Kind, o.Topic, o.Qos)),
            o =>
            {
                Assert.Equal((BusObservationKind.Publish, "edge/thing/request", QualityOfService.AtLeastOnce, false), (o.Kind, o.Topic, o.Qos, o.Retain));
                Assert.Equal("""{"topic":"","headers":null,"path":""}""", Encoding.UTF8.GetString(o.Payload.Span));
            });
    });

    [Fact]
    public void Announce_First_RegistersEverythingThenSubscribesCommands() => World.Run(async world =>
    {
        await using var device = await world.StartDeviceAsync(new DeviceOptions { Containers = DemoContainers.All });
        world.Forget();

        await world.AnnounceAsync(World.Identity);

        Assert.Equal(5 + 3, world.Published.Count);
        Assert.All(world.Published, o => Assert.Equal((World.EventTopic, QualityOfService.AtLeastOnce, false), (o.Topic, o.Qos, o.Retain)));
        Assert.Equal((BusObservationKind.Subscribe, World.CommandFilter, QualityOfService.AtLeastOnce), (world.Seen[^1].Kind, world.Seen[^1].Topic, world.Seen[^1].Qos));
        var containers = world.Told.FindAll(t => t.StartsWith("Container", StringComparison.Ordinal));
        Assert.Equal("ContainerFactory", containers[^1]);
        Assert.Equal(device.Containers.Select(c => $"Container:{c.Id}"), containers[..^1]);
    });

    [Fact]
    public void Announce_ManySeeds_GroupsInEveryOrder() => World.Run(async world =>
    {
        var orders = new HashSet<string>();
        for (var seed = 0; seed < 60; seed++)
        {
            world.Forget();
            await using var device = await world.StartDeviceAsync(seed: seed);
            await world.AnnounceAsync(World.Identity);
            orders.Add(string.Join(' ', world.Told));
        }

        Assert.Equal(6, orders.Count);
    });

    [Fact]
    public void Announce_Identical_IsIgnored() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.AnnounceAsync(World.Identity);

        Assert.Empty(world.Seen);
    });

    [Fact]
    public void Announce_OnlyPolicyDiffers_RegistersAgainAndKeepsTheSubscription() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.AnnounceAsync(World.Identity.Replace("}", ",\"policyId\":\"a:b\"}"));

        Assert.Equal(_bare, world.Told.Order(StringComparer.Ordinal));
        Assert.All(world.Seen, o => Assert.Equal(BusObservationKind.Publish, o.Kind));
    });

    [Theory]
    [InlineData("""{"deviceId":"other:gateway","tenantId":"dummy-tenant-id"}""", "e/dummy-tenant-id/other:gateway:edge:containers", "command//other:gateway:edge:containers/req/#")]
    [InlineData("""{"deviceId":"dummy-namespace:dummy-gateway:dummy-device-id","tenantId":"other"}""", "e/other/" + World.Thing, World.CommandFilter)]
    [InlineData("""{"DEVICEID":"other:gateway","tenantid":"t","extra":[1]}""", "e/t/other:gateway:edge:containers", "command//other:gateway:edge:containers/req/#")]
    public void Announce_OtherDeviceOrTenant_LeavesTheOldAndRegistersTheNew(string identity, string eventTopic, string filter) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.AnnounceAsync(identity);

        Assert.Equal((BusObservationKind.Unsubscribe, World.CommandFilter), (world.Seen[0].Kind, world.Seen[0].Topic));
        Assert.Equal((BusObservationKind.Subscribe, filter), (world.Seen[^1].Kind, world.Seen[^1].Topic));
        Assert.Equal(_bare, world.Told.Order(StringComparer.Ordinal));
        Assert.All(world.Published, o => Assert.Equal(eventTopic, o.Topic));
    });

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello", "")]
    [InlineData("null", "object")]
    [InlineData("[]", "object")]
    [InlineData("{\"deviceId\":7,\"tenantId\":\"t\"}", "deviceId")]
    [InlineData("{\"deviceId\":\"a:b\",\"tenantId\":{}}", "tenantId")]
    [InlineData("{\"deviceId\":\"\",\"tenantId\":\"t\"}", "deviceId")]
    [InlineData("{\"tenantId\":\"t\"}", "deviceId")]
    [InlineData("{\"deviceId\":\"dev\",\"tenantId\":\"t\"}", "no ':'")]
    [InlineData("{\"deviceId\":\"a:b/c\",\"tenantId\":\"t\"}", "topic")]
    [InlineData("{\"deviceId\":\"a:b#\",\"tenantId\":\"t\"}", "topic")]
    [InlineData("{\"deviceId\":\"a:b\",\"tenantId\":\"\"}", "tenantId")]
    [InlineData("{\"deviceId\":\"a:b\"}", "tenantId")]
    [InlineData("{\"deviceId\":\"a:b\",\"tenantId\":\"t/#\"}", "topic")]
    public void Announce_Unusable_IsRefusedByNameAndTheOldIdentityStays(string identity, string reason) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.AnnounceAsync(identity);

        Assert.Empty(world.Seen);
        Assert.Contains(world.Log, line => line.Contains("refused, keeping the old one", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(404, (await world.InvokeAsync("Metrics", "nothing")).Status);
    });

    [Fact]
    public void Announce_UnusableAtFirst_WaitsForABetterOne() => World.Run(async world =>
    {
        await using var device = await world.StartDeviceAsync();
        world.Forget();

        await world.AnnounceAsync("""{"deviceId":"","tenantId":""}""");
        Assert.Empty(world.Seen);

        await world.AnnounceAsync(World.Identity);
        Assert.Equal(_bare, world.Told.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Reconnect_WithIdentity_ForgetsItAndStartsOver() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.Buses.CutAsync();
        world.Forget();

        await world.Buses.MendAsync();
        await world.SettleAsync();
        Assert.Equal(
            [BusObservationKind.Connect, BusObservationKind.Subscribe, BusObservationKind.Publish],
            world.Seen.Select(o => o.Kind));

        await world.AnnounceAsync(World.Identity);
        Assert.Equal(_bare, world.Told.Order(StringComparer.Ordinal));
        Assert.Equal(World.CommandFilter, world.Seen[^1].Topic);
    });

    [Fact]
    public void Reconnect_ContainerExitsBeforeTheIdentityComes_IsToldByTheRegistration() => World.Run(async world =>
    {
        var engine = new ScriptedEngine();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = (await world.InvokeAsync("ContainerFactory", "createWithConfig", """{"imageRef":"a/b:1","start":true,"config":{"restartPolicy":{"type":"NO"}}}"""))
            .Envelope.Value!.Value.GetString()!;
        await world.Buses.CutAsync();
        await world.Buses.MendAsync();
        await world.SettleAsync();
        world.Forget();

        engine.Processes[0].Exit(3);
        await world.SettleAsync();
        Assert.Empty(world.Seen);

        await world.AnnounceAsync(World.Identity);
        var whole = Envelope.Parse(world.Published[world.Told.IndexOf($"Container:{id}")].Payload.Span);
        Assert.True(JsonPointer.Parse("/properties/status/state/status").TryGet(whole.Value!.Value, out var status));
        Assert.Equal("EXITED", status.GetString());
    });

    [Fact]
    public void Reconnect_ContainerRemovedWhileAway_ItsFeatureIsDeletedBeforeTheFactory() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = [] };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Engine = engine });
        var id = await world.CreateAsync(start: true);
        await world.CommandAsync(
            """{"correlation-id":"x","content-type":"application/json"}""", $"/features/Container:{id}/inbox/messages/remove", "true");
        await world.Buses.CutAsync();
        engine.Processes[0].Exit(0);
        await world.SettleAsync();
        Assert.Empty(device.Containers);
        await world.Buses.MendAsync();
        await world.SettleAsync();
        world.Forget();

        await world.AnnounceAsync(World.Identity);

        Assert.Equal([$"Container:{id} deleted", "ContainerFactory"], world.Told.FindAll(t => t.StartsWith("Container", StringComparison.Ordinal)));
    });
}
