using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol.Kanto;
using static Leda.Harness.Device.Tests.Updates.UpdateManager;

namespace Leda.Harness.Device.Tests.Updates;

/// <summary>What there is to do for a desired state: 3.5 of the reference, seen from the bus.</summary>
public sealed class IdentificationTests
{
    private const string Image = "docker.io/library/web:1.0";

    [Fact]
    public void Desire_EveryKindOfAction_IsIdentifiedInOrderAndNothingIsDoneYet() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(
            Running("gone", "docker.io/library/gone:1.2"), Running("same", Image), Running("other", Image), Running("limits", Image)));
        var before = device.Containers;

        await manager.DesireAsync(
            Component("same", "1.0", $"image={Image}"),
            Component("new", "2.0", "image=docker.io/library/new:2.0"),
            Component("other", "1.1", "image=docker.io/library/web:1.1"),
            Component("limits", "1.0", $"image={Image}", "memory=200M"));

        const string Actions = " same=IDENTIFIED new=IDENTIFIED other=IDENTIFIED limits=IDENTIFIED gone=IDENTIFIED";
        Assert.Equal(["IDENTIFYING", $"IDENTIFIED{Actions}"], manager.Told);
        Assert.Equal(
            [
                "is as desired: only has to run",
                "is missing: to be created and started",
                "to be replaced by a new container; different: image",
                "to be changed while it is there; different: resources",
                "is not desired: to be stopped and removed",
            ],
            manager.Last.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("message").GetString()));
        Assert.Equal(
            ["1.0", "2.0", "1.1", "1.0", "1.2"],
            manager.Last.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("component").GetProperty("version").GetString()));
        Assert.Equal(before, device.Containers);
        Assert.Contains(world.Log, line => line.Contains("containers:other 1.1: to be replaced", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("image=docker.io/library/web:1.1", "replaced", "image")]
    [InlineData("mount=/tmp/a:/b:rshared", "replaced", "mounts")]
    [InlineData("cmd=sleep", "replaced", "command")]
    [InlineData("env=A=1", "replaced", "environment")]
    [InlineData("terminal=true", "replaced", "terminal")]
    [InlineData("interactive=1", "replaced", "interactive")]
    [InlineData("privileged=T", "replaced", "privileged")]
    [InlineData("network=host", "replaced", "network")]
    [InlineData("device=/dev/null:/dev/zero", "replaced", "devices")]
    [InlineData("host=db:10.0.0.1", "replaced", "hosts")]
    [InlineData("port=127.0.0.1:8080-8090:80/udp", "replaced", "ports")]
    [InlineData("logDriver=none", "replaced", "log")]
    [InlineData("logMaxFiles=3", "replaced", "log")]
    [InlineData("logMaxSize=5M", "replaced", "log")]
    [InlineData("logPath=/var/log/web", "replaced", "log")]
    [InlineData("logMode=non-blocking", "replaced", "log")]
    [InlineData("memory=200M", "changed", "resources")]
    [InlineData("restartPolicy=always", "changed", "restart policy")]
    [InlineData("image=docker.io/library/web:1.0", "only has to run", "")]
    [InlineData("network=bridge", "only has to run", "")]
    [InlineData("restartPolicy=unless-stopped", "only has to run", "")]
    [InlineData("restartMaxRetries=3", "only has to run", "")]
    [InlineData("status=Stopped", "only has to run", "")]
    [InlineData("hostName=elsewhere", "only has to run", "")]
    [InlineData("port=localhost:8080:80", "only has to run", "")]
    [InlineData("port=99999:80", "only has to run", "")]
    [InlineData("device=/dev/null", "only has to run", "")]
    [InlineData("device=/dev/null:/dev/zero:rx", "only has to run", "")]
    [InlineData("mount=/tmp/a", "only has to run", "")]
    [InlineData("terminal=yes", "only has to run", "")]
    [InlineData("logMaxFiles=many", "only has to run", "")]
    public void Desire_OneDifference_NamesItAndTheRemedy(string setting, string remedy, string difference) => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("web", Image)));

        await manager.DesireAsync(setting.StartsWith("image", StringComparison.Ordinal)
            ? Component("web", "1.0", setting)
            : Component("web", "1.0", $"image={Image}", setting));

        var message = Assert.Single(manager.Last.GetProperty("actions").EnumerateArray()).GetProperty("message").GetString()!;
        Assert.Contains(remedy, message, StringComparison.Ordinal);
        Assert.EndsWith(difference.Length == 0 ? remedy : $"different: {difference}", message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("port", "localhost:8080:80")]
    [InlineData("device", "/dev/null")]
    [InlineData("mount", "/tmp/a")]
    [InlineData("terminal", "yes")]
    [InlineData("logMaxFiles", "many")]
    public void Desire_UnreadableSetting_IsIgnoredWithAWarning(string key, string value) => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());

        await manager.DesireAsync(Component("web", "1.0", $"image={Image}", $"{key}={value}"));

        Assert.Equal("IDENTIFIED web=IDENTIFIED", manager.Told[^1]);
        Assert.Contains(world.Log, line => line.Contains($"'web': {key} '{value}' is ignored", StringComparison.Ordinal));
    });

    [Fact]
    public void Desire_ListsInAnotherOrder_IsTheSameButForTheCommand() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(
            Running("web", Image, new ContainerConfig { Env = ["A=1", "B=2"] }), Running("cmd", Image, new ContainerConfig { Cmd = ["a", "b"] })));

        await manager.DesireAsync(
            Component("web", "1.0", $"image={Image}", "env=B=2", "env=A=1"), Component("cmd", "1.0", $"image={Image}", "cmd=b", "cmd=a"));

        Assert.Equal(
            ["is as desired: only has to run", "to be replaced by a new container; different: command"],
            manager.Last.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("message").GetString()));
    });

    [Fact]
    public void Desire_ContainerHasCapabilities_IsReplaced() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("web", Image, new ContainerConfig { ExtraCapabilities = ["CAP_NET_ADMIN"] })));

        await manager.DesireAsync(Component("web", "1.0", $"image={Image}"));

        Assert.Contains("different: capabilities", manager.Last.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public void Desire_NoImage_IsNamedAfterIdAndVersion() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("web", "web:1.0")));

        await manager.DesireAsync(Component("web", "1.0"));

        Assert.Contains("only has to run", manager.Last.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public void Desire_NothingAndThereIsNothing_IsCompletedAtOnce() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());

        await manager.DesireAsync();

        Assert.Equal(["IDENTIFYING", "IDENTIFIED", "COMPLETED"], manager.Told);
        Assert.All(manager.Feedback, f => Assert.False(f.TryGetProperty("actions", out _)));
    });

    [Fact]
    public void Desire_SystemContainers_AreNeverTouched() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(
            new UpdateAgentOptions { SystemContainers = ["syslib", "kept"] }, Running("syslib", Image), Running("kept", Image), Running("gone", Image)));

        await manager.DesireAsync(Component("syslib", "9", "image=other:9"));
        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP");

        Assert.Equal("COMPLETED gone=REMOVAL_SUCCESS", manager.Told[^1]);
        Assert.Equal([("syslib", Image), ("kept", Image)], device.Containers.Select(c => (c.Name, c.ImageRef)));
    });

    [Fact]
    public void Desire_OwnListOfSystemContainers_TakesThePlaceOfTheConfiguredOne() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(
            new UpdateAgentOptions { SystemContainers = ["configured"] }, Running("configured", Image), Running("a", Image), Running("b", Image)));

        await manager.DesireAllAsync("""{"domains":[{"id":"containers","config":[{"key":"systemContainers","value":"a, b"}],"components":[]}]}""");

        Assert.Equal("IDENTIFIED configured=IDENTIFIED", manager.Told[^1]);
    });

    [Theory]
    [InlineData("null", "but there are 0")]
    [InlineData("{}", "but there are 0")]
    [InlineData("""{"domains":null}""", "but there are 0")]
    [InlineData("""{"domains":[null]}""", "exactly one domain")]
    [InlineData("""{"domains":[{"id":"containers"},{"id":"self-update"}]}""", "but there are 2")]
    [InlineData("""{"domains":[{"id":"self-update"}]}""", "not 'self-update'")]
    [InlineData("""{"domains":[{"id":"containers","components":[null]}]}""", "no id")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"version":"1"}]}]}""", "no id")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"id":"a"},{"id":"a"}]}]}""", "twice")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"id":"a","config":[null]}]}]}""", "contains null")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"id":"a b","version":"1"}]}]}""", "invalid container name format : a b")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"id":"a","config":[{"key":"mount","value":"/a:/b:upside"}]}]}]}""", "upside")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"id":"a","config":[{"key":"memory","value":"a lot"}]}]}]}""", "a lot")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"id":"a","config":[{"key":"network","value":"none"}]}]}]}""", "unsupported network mode")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"id":"a","config":[{"key":"restartPolicy","value":""}]}]}]}""", "restart policy")]
    [InlineData("""{"baselines":[null],"domains":[{"id":"containers"}]}""", "no title")]
    [InlineData("""{"baselines":[{"title":"b","components":["containers:x"]}],"domains":[{"id":"containers"}]}""", "containers:x")]
    [InlineData("""{"baselines":[{"title":"b"},{"title":"b"}],"domains":[{"id":"containers"}]}""", "twice")]
    [InlineData("""{"baselines":[{"title":"containers:a"}],"domains":[{"id":"containers","components":[{"id":"a","version":"1"}]}]}""", "containers:a")]
    [InlineData("""{"domains":[{"id":"containers","components":[{"id":"remove-components","version":"1"}]}]}""", "containers:remove-components")]
    [InlineData("""{"baselines":[{"title":"containers:remove-components"}],"domains":[{"id":"containers"}]}""", "containers:remove-components")]
    public void Desire_CannotBeUnderstood_IsRefusedWithAReasonAndNothingChanges(string state, string reason) => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With(Running("web", Image)));

        await manager.DesireAllAsync(state);
        await manager.CommandsAsync("DOWNLOAD", "UPDATE", "ACTIVATE", "CLEANUP");

        Assert.Equal(["IDENTIFICATION_FAILED"], manager.Told);
        Assert.Contains(reason, manager.Last.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(ContainerState.Running, Assert.Single(device.Containers).State.Status);
    });

    [Fact]
    public void Desire_AllKeys_GivesTheContainerTheyDescribe() => World.Run(async world =>
    {
        var manager = new UpdateManager(world);
        await using var device = await world.StartRegisteredAsync(With());

        await manager.DesireAsync(Component(
            "web", "1.0", $"image={Image}", "terminal=true", "interactive=true", "restartPolicy=on-failure", "restartMaxRetries=3", "restartTimeout=90",
            "device=/dev/ttyACM0:/dev/ttyUSB0:rw", "port=80:8080", "port=0.0.0.0:5000-6000:81/udp", "host=db:10.0.0.1", "mount=/data:/data:shared",
            "env=A=1", "env=B", "cmd=run", "cmd=it", "logMaxSize=1M", "logMode=non-blocking", "memory=10M", "memorySwap=-1", "domainName=d", "hostName=h"));
        await manager.CommandsAsync("DOWNLOAD");

        var container = Assert.Single(device.Containers);
        var config = container.Config;
        Assert.Equal(("web", Image), (container.Name, container.ImageRef));
        Assert.True(config is { Tty: true, OpenStdin: true, Privileged: false, DomainName: "d", HostName: "h", NetworkMode: "BRIDGE" });
        Assert.Equal(new RestartPolicy { Type = "ON_FAILURE", MaxRetryCount = 3, RetryTimeout = 90 }, config.RestartPolicy);
        Assert.Equal([new DeviceMapping { PathOnHost = "/dev/ttyACM0", PathInContainer = "/dev/ttyUSB0", CgroupPermissions = "rw" }], config.Devices!);
        Assert.Equal(
            [
                new PortMapping { HostIP = "0.0.0.0", HostPort = 80, HostPortEnd = 80, ContainerPort = 8080, Proto = "tcp" },
                new PortMapping { HostIP = "0.0.0.0", HostPort = 5000, HostPortEnd = 6000, ContainerPort = 81, Proto = "udp" },
            ],
            config.PortMappings!);
        Assert.Equal([new MountPoint { Source = "/data", Destination = "/data", PropagationMode = "SHARED" }], config.MountPoints!);
        Assert.Equal(["db:10.0.0.1"], config.ExtraHosts!);
        Assert.Equal(["A=1", "B"], config.Env!);
        Assert.Equal(["run", "it"], config.Cmd!);
        Assert.Equal(
            new LogConfig { Type = "JSON_FILE", MaxFiles = 2, MaxSize = "1M", Mode = "NON_BLOCKING", MaxBufferSize = "1M" }, config.Log);
        Assert.Equal(new Resources { Memory = "10M" }, config.Resources);
    });
}
