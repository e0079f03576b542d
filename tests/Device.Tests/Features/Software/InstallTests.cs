using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Support.SoftwareStory;

namespace Leda.Harness.Device.Tests.Features.Software;

/// <summary>The state machine of section 3.4.2 of the reference.</summary>
public sealed class InstallTests
{
    [Fact]
    public void Install_OneContainer_IsAnsweredFirstAndToldStepByStep() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InstallAsync(Module("m", Artifact("valid.json")));

        Assert.Equal(["204", .. Installed], world.Story());
        Assert.All(world.Statuses(), s => Assert.Equal(("rollout", "m", "1"), (s.CorrelationId, s.SoftwareModule!.Name, s.SoftwareModule.Version)));
        Assert.All(world.Statuses(), s => Assert.Null(s.Progress));
    });

    [Fact]
    public void Install_SeveralArtifacts_AllAreCreatedBeforeOneStarts() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InstallAsync(Module("m", Artifact("valid.json"), Artifact("other.json")));

        Assert.Equal(
            [
                "204", "STARTED", "DOWNLOADING", "DOWNLOADED", "INSTALLING", "+container", "dependencies", "CREATED", "+container", "dependencies", "CREATED",
                "INSTALLED", "RUNNING", "RUNNING", "FINISHED_SUCCESS",
            ],
            world.Story());
        Assert.Equal(["influxdb", "other"], device.Containers.Select(c => c.Name));
    });

    [Fact]
    public void Install_SeveralModules_StrictlyInOrderAndAFailureStopsNoOther() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InstallAsync(Module("a", Artifact("valid.json")), Module("b", Artifact("invalid.json")), Module("c", Artifact("other.json")));

        Assert.Equal(
            [
                "204", .. Installed,
                "STARTED", "DOWNLOADING", "!FINISHED_REJECTED: the containers image configuration is invalid", "FINISHED_REJECTED: the containers image configuration is invalid",
                .. Installed,
            ],
            world.Story());
        Assert.Equal(["a", "b", "c"], world.Statuses().Select(s => s.SoftwareModule!.Name).Distinct());
    });

    [Fact]
    public void Install_TwoRequests_TheSecondBeginsWhenTheFirstHasEnded() => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts });
        artifacts.Hold();

        await world.InstallAsync(Module("m", Artifact("valid.json")));
        await world.RemoveAsync(forced: true, "nothing");
        Assert.Equal(["204", "STARTED", "DOWNLOADING", "204"], world.Story());
        world.Forget();
        artifacts.GoOn();
        await world.SettleAsync();

        Assert.Equal("FINISHED_SUCCESS", world.Operations()[3]);
        Assert.Equal("REMOVING nothing", world.Operations()[4]);
    });

    [Fact]
    public void Install_AFileIsMissing_NothingIsInstalled() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InstallAsync(Module("m", Artifact("valid.json"), Artifact("nope.json")));

        Assert.Equal(["204", "STARTED", "DOWNLOADING"], world.Story()[..3]);
        Assert.StartsWith("!FINISHED_ERROR: ", world.Story()[3], StringComparison.Ordinal);
        Assert.Equal(world.Story()[3], $"!{world.Story()[4]}");
        Assert.Empty(device.Containers);
    });

    [Fact]
    public void Install_SecondCannotBeCreated_FirstStaysAndIsNotStarted() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Unavailable = new Dictionary<string, string> { ["docker.io/library/busybox:1.35"] = "no such image" } };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = new MemoryArtifacts(), Engine = engine });

        await world.InstallAsync(Module("m", Artifact("valid.json"), Artifact("other.json")));

        Assert.Equal(
            ["STARTED", "DOWNLOADING", "DOWNLOADED", "INSTALLING", "!FINISHED_ERROR: no such image", "FINISHED_ERROR: no such image"], world.Operations());
        Assert.Equal(["CREATED"], device.Containers.Select(c => c.State.Status));
    });

    [Fact]
    public void Install_CannotBeStarted_IsInstalledAndThenFailed() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { StartFailure = "no such command" };
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = new MemoryArtifacts(), Engine = engine });

        await world.InstallAsync(Module("m", Artifact("valid.json")));

        Assert.Equal(
            ["CREATED", "INSTALLED", "STOPPED", "!FINISHED_ERROR: no such command", "FINISHED_ERROR: no such command"], world.Story()[7..]);
    });

    [Fact]
    public void Install_IdIsTaken_FailsWhenItIsCreated() => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        artifacts.Files["fixed.json"] = MemoryArtifacts.Bytes("""{"container_id":"chosen","image":{"name":"a/b:1"}}""");
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts });

        await world.InstallAsync(Module("m", Artifact("fixed.json")));
        Assert.Equal("chosen", Assert.Single(device.Containers).Id);
        world.Forget();
        await world.InstallAsync(Module("m", Artifact("fixed.json")));

        Assert.Equal(
            [
                "204", "STARTED", "DOWNLOADING", "DOWNLOADED", "INSTALLING",
                "!FINISHED_ERROR: container with id = chosen already exists", "FINISHED_ERROR: container with id = chosen already exists",
            ],
            world.Story());
    });

    [Theory]
    [InlineData("""{"container_name":"x"}""", "REJECTED")]
    [InlineData("""{"image":{"name":"a/b"},"container_name":"a b"}""", "REJECTED")]
    [InlineData("""{"image":{"name":"a/b"},"config":{"env":["1=2"]}}""", "REJECTED")]
    [InlineData("""{"image":{"name":"a/b"},"host_config":{"network_mode":"none"}}""", "REJECTED")]
    [InlineData("{}", "REJECTED")]
    [InlineData("null", "REJECTED")]
    [InlineData("", "ERROR")]
    [InlineData("[]", "ERROR")]
    [InlineData("7", "ERROR")]
    [InlineData("""{"image":7}""", "ERROR")]
    [InlineData("""{"image":{"name":"a/b"}""", "ERROR")]
    [InlineData("""{"image":{"name":"a/b"},"host_config":{"port_mappings":[{"host_port":70000}]}}""", "ERROR")]
    public void Install_DocumentIsBad_RejectedIfItCanBeReadElseAnError(string document, string outcome) => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        artifacts.Files["it.json"] = MemoryArtifacts.Bytes(document);
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts });

        await world.InstallAsync(Module("m", Artifact("it.json")));

        Assert.Equal(["STARTED", "DOWNLOADING"], world.Operations()[..2]);
        Assert.StartsWith($"!FINISHED_{outcome}: ", world.Operations()[2], StringComparison.Ordinal);
        Assert.Equal(world.Operations()[2], $"!{world.Operations()[3]}");
        Assert.Equal(4, world.Operations().Count);
        Assert.Empty(device.Containers);
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    [Fact]
    public void Install_WithoutCorrelationId_IsToldUnderAnEmptyOne() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InvokeAsync("SoftwareUpdatable", "install", $$"""{"softwareModules":[{{Module("m", Artifact("valid.json"))}}]}""");

        Assert.Equal(6, world.Statuses().Count);
        Assert.All(world.Statuses(), s => Assert.Equal("", s.CorrelationId));
    });

    [Fact]
    public void Install_OneWay_IsCarriedOutAndNotAnswered() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.CommandAsync(
            """{"correlation-id":"c","content-type":"application/json"}""", "/features/SoftwareUpdatable/inbox/messages/install",
            $$"""{"correlationId":"x","softwareModules":[{{Module("m", Artifact("valid.json"))}}]}""");

        Assert.Equal(Installed, world.Story());
    });

    [Theory]
    [InlineData("""{"HTTPS":{"url":"https://files.example/valid.json"}}""", "https://files.example/valid.json")]
    [InlineData("""{"HTTPS":{"url":"https://a/x"},"HTTP":{"url":"https://files.example/valid.json"}}""", "https://files.example/valid.json")]
    [InlineData("""{"HTTPS":{"url":"https://files.example/valid.json"},"HTTP":null}""", "https://files.example/valid.json")]
    public void Install_Link_HttpFirstAndItsOwnSchemeIsUsed(string links, string asked) => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        await using var device = await world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts });

        await world.InstallAsync(Module("m", $$"""{"download":{{links}}}"""));

        Assert.Equal([asked], artifacts.Requests);
        Assert.Equal("FINISHED_SUCCESS", world.Operations()[^1]);
    });

    [Theory]
    [InlineData("{}", "internal runtime error")]
    [InlineData("null", "internal runtime error")]
    [InlineData("""{"FTP":{"url":"ftp://a/b"}}""", "internal runtime error")]
    [InlineData("""{"http":{"url":"http://a/b"}}""", "internal runtime error")]
    [InlineData("""{"HTTP":{}}""", "Get \"\": unsupported protocol scheme \"\"")]
    [InlineData("""{"HTTP":{"url":"ftp://a/b"}}""", "Get \"ftp://a/b\": unsupported protocol scheme \"ftp\"")]
    [InlineData("""{"HTTP":{"url":"file:///etc/passwd"}}""", "Get \"file:///etc/passwd\": unsupported protocol scheme \"file\"")]
    [InlineData("""{"HTTP":{"url":"not an address"}}""", "Get \"not an address\": unsupported protocol scheme \"\"")]
    [InlineData("""{"HTTP":{"url":"http://127.0.0.1:9/x"}}""", "Get \"http://127.0.0.1:9/x\": dial tcp 127.0.0.1:9: connect: connection refused")]
    public void Install_LinkLeadsNowhere_IsAnErrorAfterDownloading(string links, string message) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InstallAsync(Module("m", $$"""{"download":{{links}}}"""));

        Assert.Equal(["204", "STARTED", "DOWNLOADING", $"!FINISHED_ERROR: {message}", $"FINISHED_ERROR: {message}"], world.Story());
    });
}
