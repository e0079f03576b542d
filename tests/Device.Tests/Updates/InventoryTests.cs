using System.Text.Json;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol.Kanto;
using static Leda.Harness.Device.Tests.Updates.UpdateManager;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>The current state of 3.5 of the reference, seen from the bus.</summary>
public sealed class InventoryTests
{
    [Fact]
    public void Connect_FirstTime_PublishesItRetainedOnceOverAConnectionOfItsOwn() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartDeviceAsync(With(Running("web", "docker.io/library/web:1.27")));

        var message = Assert.Single(manager.Inventories);
        var published = world.Published.Single(o => o.Topic == "containersupdate/currentstate");
        Assert.True(published.Retain);
        Assert.NotEqual(device.ClientId, published.ClientId);
        Assert.True(Guid.TryParse(published.ClientId, out _));
        var now = world.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var created = Assert.Single(device.Containers).CreatedAt;
        Assert.Equal(
            $$$"""{"activityId":"initial-current-state-{{{now}}}","timestamp":{{{now}}},"payload":{"softwareNodes":["""
            + """{"id":"containers-update-agent","version":"1.0.0","name":"Eclipse Kanto Containers Update Agent","parameters":[{"key":"domain","value":"containers"}],"type":"APPLICATION"},"""
            + $$$"""{"id":"containers:web","version":"1.27","parameters":[{"key":"image","value":"docker.io/library/web:1.27"},{"key":"status","value":"Running"},{"key":"created","value":"{{{created}}}"}],"type":"CONTAINER"}],"associations":"""
            + """[{"sourceId":"containers-update-agent","targetId":"containers:web"}]}}""",
            message.GetRawText());
    });

    [Fact]
    public void Connect_NoContainers_HasNoAssociations() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartDeviceAsync(With());

        var payload = Assert.Single(manager.Inventories).GetProperty("payload");

        Assert.Equal(1, payload.GetProperty("softwareNodes").GetArrayLength());
        Assert.False(payload.TryGetProperty("associations", out _));
    });

    [Fact]
    public void Start_AgentIsOff_SaysAndHearsNothing() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.SendAsync("containersupdate/currentstate/get", """{"activityId":"a"}""");

        Assert.Empty(world.Published);
    });

    [Fact]
    public void Get_Asked_EchoesTheActivity() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());

        await world.SendAsync("containersupdate/currentstate/get", """{"ACTIVITYID":"inv-1","timestamp":1,"payload":null,"more":true}""");
        await world.SendAsync("containersupdate/currentstate/get", """{"activityId":"inv-2","payload":{}}""");
        await world.SendAsync("containersupdate/currentstate/get", "");

        Assert.Equal(["inv-1", "inv-2"], manager.Inventories.Select(m => m.GetProperty("activityId").GetString()));
    });

    [Fact]
    public void Containers_Change_AreNotToldUnasked() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());

        await world.CreateAsync(start: true);

        Assert.Empty(manager.Inventories);
    });

    [Fact]
    public void Reconnect_AfterALoss_ListensAgainAndTellsItOnceMore() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());
        await world.Buses.CutAsync();
        await world.PassAsync(TimeSpan.FromSeconds(5));
        world.Forget();

        await world.Buses.MendAsync();
        await world.SettleAsync();

        Assert.Equal(
            $"initial-current-state-{world.Time.GetUtcNow().ToUnixTimeMilliseconds()}",
            Assert.Single(manager.Inventories).GetProperty("activityId").GetString());
        await manager.DesireAsync();
        Assert.Equal("COMPLETED", manager.Told[^1]);
    });

    [Fact]
    public void Reconnect_FeedbackWasNotSaid_IsSaidInOrder() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Kill] = 137 } };
        await using var device = await world.StartRegisteredAsync(With(Running("a", "a:1"), Running("b", "b:1")) with { Engine = engine });
        await manager.DesireAsync();
        await manager.CommandsAsync("DOWNLOAD", "UPDATE");
        await world.Buses.CutAsync();
        await world.PassAsync(TimeSpan.FromSeconds(31));
        await world.PassAsync(TimeSpan.FromSeconds(31));
        world.Forget();

        await world.Buses.MendAsync();
        await world.SettleAsync();

        Assert.Equal(["UPDATING a=UPDATE_SUCCESS b=UPDATING", "UPDATE_SUCCESS a=UPDATE_SUCCESS b=UPDATE_SUCCESS"], manager.Told);
        await manager.CommandsAsync("ACTIVATE", "CLEANUP");
        Assert.Equal("COMPLETED a=REMOVAL_SUCCESS b=REMOVAL_SUCCESS", manager.Told[^1]);
    });

    [Theory]
    [InlineData("self-update", "selfupdate")]
    [InlineData("containers", "containersupdate")]
    [InlineData("my-fleet-apps", "myfleetappsupdate")]
    public void Domain_Another_HasOtherTopicsAndIds(string domain, string prefix) => World.Run(async world =>
    {
        await using var device = await world.StartDeviceAsync(With(new UpdateAgentOptions { Domain = domain }, Running("web", "web")));

        var published = world.Published.Single(o => o.Topic == $"{prefix}/currentstate");
        var nodes = JsonElement.Parse(published.Payload.Span).GetProperty("payload").GetProperty("softwareNodes");

        Assert.Equal([$"{domain}-update-agent 1.0.0", $"{domain}:web n/a"], nodes.EnumerateArray().Select(n => $"{n.GetProperty("id")} {n.GetProperty("version")}"));
    });

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a:b")]
    public void Domain_Impossible_IsRefusedAtOnce(string domain) =>
        Assert.Throws<ArgumentException>(() => new UpdateAgentOptions { Domain = domain });

    [Fact]
    public void Parameters_EverythingIsSet_AreInOrder() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartDeviceAsync(With(new CreateArguments { Name = "web", ImageRef = "r:5000/web@sha256:ab", Config = Full }));

        var parameters = Parameters(manager);

        Assert.Equal(
            [
                "image=r:5000/web@sha256:ab", "domainName=d", "hostName=h", "terminal=true", "interactive=true", "restartPolicy=on-failure",
                "restartMaxRetries=3", "restartTimeout=1m30s", "device=/dev/a:/dev/b:rwm", "port=80:8080/tcp", "port=127.0.0.1:5000-6000:81/udp",
                "host=db:10.0.0.1", "logDriver=none", "logMaxFiles=0", "logPath=/var/log/web", "logMode=non-blocking", "logMaxBufferSize=2M",
                "memory=10M", "memoryReservation=5M", "memorySwap=20M", "mount=/data:/data:rprivate", "env=A=1", "env=B=", "cmd=run", "cmd=it",
                "status=Created", $"created={device.Containers[0].CreatedAt}",
            ],
            parameters);
    });

    [Fact]
    public void Parameters_Verbose_TellWhatIsAsByDefault() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartDeviceAsync(With(
            new UpdateAgentOptions { VerboseInventory = true }, new CreateArguments { Name = "web", ImageRef = "web:1" }));

        Assert.Equal(
            [
                "image=web:1", "domainName=web-domain", "hostName=web-host", "terminal=false", "interactive=false", "privileged=false",
                "restartPolicy=unless-stopped", "restartMaxRetries=0", "restartTimeout=0s", "network=bridge", "logDriver=json-file", "logMaxFiles=2",
                "logMaxSize=100M", "logPath", "logMode=blocking", "logMaxBufferSize", "status=Created", "finishedAt", "exitCode=0",
                $"created={device.Containers[0].CreatedAt}", "restartCount=0", "manuallyStopped=false", "startedSuccessfullyBefore=false",
            ],
            Parameters(manager));
    });

    [Fact]
    public void Parameters_ContainerEnded_TellHow() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Terminate] = 143 } };
        await using var device = await world.StartRegisteredAsync(With(Running("web", "web:1")) with { Engine = engine });
        await world.InvokeAsync($"Container:{device.Containers[0].Id}", "stop");

        await world.SendAsync("containersupdate/currentstate/get", """{"activityId":"inv"}""");

        var container = device.Containers[0];
        Assert.Equal(
            [
                "image=web:1", "status=Stopped", $"finishedAt={container.State.FinishedAt}", "exitCode=143", $"created={container.CreatedAt}",
                "manuallyStopped=true", "startedSuccessfullyBefore=true",
            ],
            Parameters(manager));

        await world.InvokeAsync($"Container:{container.Id}", "start");
        await world.SendAsync("containersupdate/currentstate/get", """{"activityId":"inv"}""");

        Assert.NotNull(device.Containers[0].State.FinishedAt);
        Assert.Equal(["image=web:1", "status=Running", $"created={container.CreatedAt}"], Parameters(manager));
    });

    private static ContainerConfig Full { get; } = new()
    {
        DomainName = "d",
        HostName = "h",
        Tty = true,
        OpenStdin = true,
        RestartPolicy = new RestartPolicy { Type = "ON_FAILURE", MaxRetryCount = 3, RetryTimeout = 90 },
        Devices = [new DeviceMapping { PathOnHost = "/dev/a", PathInContainer = "/dev/b" }],
        PortMappings =
        [
            new PortMapping { HostPort = 80, ContainerPort = 8080 },
            new PortMapping { HostIP = "127.0.0.1", HostPort = 5000, HostPortEnd = 6000, ContainerPort = 81, Proto = "udp" },
        ],
        ExtraHosts = ["db:10.0.0.1"],
        Log = new LogConfig { Type = "NONE", RootDir = "/var/log/web", Mode = "NON_BLOCKING", MaxBufferSize = "2M" },
        Resources = new Resources { Memory = "10M", MemoryReservation = "5M" },
        MountPoints = [new MountPoint { Source = "/data", Destination = "/data" }],
        Env = ["A=1", "B="],
        Cmd = ["run", "it"],
    };

    private static List<string> Parameters(UpdateManager manager) =>
        [.. manager.Inventories[^1].GetProperty("payload").GetProperty("softwareNodes")[1].GetProperty("parameters").EnumerateArray().Select(p =>
            p.TryGetProperty("value", out var value) ? $"{p.GetProperty("key")}={value}" : $"{p.GetProperty("key")}")];
}
