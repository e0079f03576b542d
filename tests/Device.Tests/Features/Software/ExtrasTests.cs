using Leda.Harness.Device.Features.Software;
using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Support.SoftwareStory;

namespace Leda.Harness.Device.Tests.Features.Software;

/// <summary>What the hawkBit model has and the original does not: section (a) of the payload reference.</summary>
public sealed class ExtrasTests
{
    private const string TooLate = "CANCEL_REJECTED: it is too late to cancel";

    private static readonly SoftwareOptions _extras = new() { Extras = true };

    [Fact]
    public void Download_File_StopsAfterDownloadedAndInstallsNothing() => World.Run(async world =>
    {
        await using var device = await StartAsync(world, new MemoryArtifacts());

        await world.SoftwareAsync("download", Module("m", Artifact("valid.json")));

        Assert.Equal(["204", "STARTED", "DOWNLOADING", "DOWNLOADING 50%", "DOWNLOADING 100%", "DOWNLOADED", "FINISHED_SUCCESS"], world.Story());
        Assert.Empty(device.Containers);
    });

    [Fact]
    public void Download_BadChecksum_IsRejectedAsAnInstallation() => World.Run(async world =>
    {
        await using var device = await StartAsync(world, new MemoryArtifacts());

        await world.SoftwareAsync("download", Module("m", Artifact("valid.json", """{"MD5":"00"}""")));

        Assert.Equal("FINISHED_REJECTED: md5 checksum does not match", world.Operations()[^1]);
    });

    [Fact]
    public void Install_SeveralArtifacts_ProgressIsOfAllAndNeverDecreases() => World.Run(async world =>
    {
        await using var device = await StartAsync(world, new MemoryArtifacts());

        await world.InstallAsync(Module("m", Artifact("valid.json"), Artifact("other.json")));

        Assert.Equal([25, 50, 75, 100], world.Statuses().Select(s => s.Progress).OfType<int>());
        Assert.Equal("FINISHED_SUCCESS", world.Operations()[^1]);
    });

    [Fact]
    public void Install_ProgressInSmallSteps_IsToldInTens() => World.Run(async world =>
    {
        await using var device = await StartAsync(world, new MemoryArtifacts { Steps = 1000 });

        await world.InstallAsync(Module("m", Artifact("valid.json")));

        var told = world.Statuses().Select(s => s.Progress).OfType<int>().ToList();
        Assert.InRange(told.Count, 8, 10);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 10, 100));
    });

    [Theory]
    [InlineData("install")]
    [InlineData("download")]
    public void Cancel_InTheLastMoment_NothingIsInstalledAllTheSame(string operation) => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts { IsDeaf = true };
        await using var device = await StartAsync(world, artifacts);
        artifacts.Hold();
        await world.SoftwareAsync(operation, Module("m", Artifact("valid.json")));
        await world.InvokeAsync("SoftwareUpdatable", "cancel", """{"correlationId":"rollout"}""");
        world.Forget();

        artifacts.GoOn();
        await world.SettleAsync();

        Assert.Equal(["DOWNLOADING 100%", "DOWNLOADED", "CANCELING", "FINISHED_CANCELED"], world.Operations());
        Assert.Empty(device.Containers);
    });

    [Theory]
    [InlineData("""{"correlationId":"rollout"}""")]
    [InlineData("""{"correlationId":"rollout","softwareModules":[]}""")]
    [InlineData("""{"correlationId":"rollout","softwareModules":[{"softwareModule":{"name":"m","version":"1"}}]}""")]
    public void Cancel_WhileDownloading_IsCanceled(string value) => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        await using var device = await StartAsync(world, artifacts);
        artifacts.Hold();
        await world.InstallAsync(Module("m", Artifact("valid.json")));
        world.Forget();

        var answer = await world.InvokeAsync("SoftwareUpdatable", "cancel", value);

        Assert.Equal(204, answer.Status);
        Assert.Equal(["CANCELING", "FINISHED_CANCELED"], world.Operations());
        Assert.Empty(device.Containers);
    });

    [Fact]
    public void Cancel_OneModuleOfTwo_TheOtherIsInstalled() => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        await using var device = await StartAsync(world, artifacts);
        artifacts.Hold();
        await world.InstallAsync(Module("a", Artifact("valid.json")), Module("b", Artifact("other.json")));
        await world.InvokeAsync("SoftwareUpdatable", "cancel", """{"correlationId":"rollout","softwareModules":[null,{"softwareModule":{"name":"b","version":"1"}}]}""");
        world.Forget();

        artifacts.GoOn();
        await world.SettleAsync();

        Assert.Equal(["influxdb"], device.Containers.Select(c => c.Name));
        Assert.Equal(["FINISHED_SUCCESS", "STARTED", "CANCELING", "FINISHED_CANCELED"], world.Operations()[^4..]);
    });

    [Fact]
    public void Cancel_WhileInstalling_IsRejectedBetweenTwoStatesAndTheInstallationEnds() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Pulling = new TaskCompletionSource() };
        await using var device = await StartAsync(world, new MemoryArtifacts(), engine);
        await world.InstallAsync(Module("m", Artifact("valid.json")));
        world.Forget();

        Assert.Equal(204, (await world.InvokeAsync("SoftwareUpdatable", "cancel", """{"correlationId":"rollout"}""")).Status);
        engine.Pulling.SetResult();
        await world.SettleAsync();

        Assert.Equal([$"!{TooLate}", TooLate, "INSTALLED", "FINISHED_SUCCESS"], world.Operations());
        Assert.Single(device.Containers);
    });

    [Theory]
    [InlineData("cancel", """{"correlationId":"rollout"}""", 500, "messages:execution.failed")]
    [InlineData("cancel", """{"correlationId":"other"}""", 500, "messages:execution.failed")]
    [InlineData("cancelRemove", """{"correlationId":"rollout"}""", 500, "messages:execution.failed")]
    [InlineData("cancel", null, 400, "messages:parameter.invalid")]
    [InlineData("cancel", "{}", 400, "messages:parameter.invalid")]
    [InlineData("cancel", "7", 400, "messages:parameter.invalid")]
    [InlineData("cancelRemove", "[]", 400, "messages:parameter.invalid")]
    public void Cancel_NothingGoesOn_IsSaidAndNothingIsTold(string operation, string? value, int status, string error) => World.Run(async world =>
    {
        await using var device = await StartAsync(world, new MemoryArtifacts());
        await world.InstallAsync(Module("m", Artifact("valid.json")));
        world.Forget();

        var answer = await world.InvokeAsync("SoftwareUpdatable", operation, value);

        Assert.Equal((status, error), (answer.Status, answer.Error));
        Assert.Single(world.Seen);
    });

    [Fact]
    public void CancelRemove_WhileTheFirstIsRemoved_TheRestStays() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = [] };
        await using var device = await StartAsync(world, new MemoryArtifacts(), engine);
        var (a, b) = (await world.CreateAsync(start: true), await world.CreateAsync());
        await world.RemoveAsync(forced: true, "x", a, b);
        world.Forget();

        Assert.Equal(204, (await world.InvokeAsync("SoftwareUpdatable", "cancelRemove", """{"correlationId":"rollout"}""")).Status);
        engine.Processes[0].Exit(137);
        await world.SettleAsync();

        const string Missing = "FINISHED_ERROR x: container with ID = x does not exist";
        Assert.Equal([$"REMOVED {a}", $"CANCELING {b}", $"!{Missing}", Missing, $"FINISHED_CANCELED {b}"], world.Operations());
        Assert.Equal([b], device.Containers.Select(c => c.Id));
    });

    [Fact]
    public void CancelRemove_WhileTheLastIsRemoved_IsRejected() => World.Run(async world =>
    {
        var engine = new ScriptedEngine { Obeys = [] };
        await using var device = await StartAsync(world, new MemoryArtifacts(), engine);
        var id = await world.CreateAsync(start: true);
        await world.RemoveAsync(forced: true, id);
        world.Forget();

        await world.InvokeAsync("SoftwareUpdatable", "cancelRemove", """{"correlationId":"rollout"}""");
        engine.Processes[0].Exit(137);
        await world.SettleAsync();

        Assert.StartsWith("!CANCEL_REJECTED", world.Operations()[0], StringComparison.Ordinal);
        Assert.Equal([$"REMOVED {id}", $"FINISHED_SUCCESS {id}"], world.Operations()[2..]);
    });

    [Fact]
    public void CancelRemove_BeforeItBegan_IsStartedAndCanceled() => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        await using var device = await StartAsync(world, artifacts);
        artifacts.Hold();
        await world.InstallAsync(Module("m", Artifact("valid.json")));
        await world.RemoveAsync(forced: true, "x", "y");
        await world.InvokeAsync("SoftwareUpdatable", "cancelRemove", """{"correlationId":"rollout"}""");
        world.Forget();

        artifacts.GoOn();
        await world.SettleAsync();

        Assert.Equal(["FINISHED_SUCCESS", "STARTED x,y", "CANCELING x,y", "FINISHED_CANCELED x,y"], world.Operations()[^4..]);
    });

    private static Task<DeviceHost> StartAsync(World world, MemoryArtifacts artifacts, ScriptedEngine? engine = null) =>
        world.StartRegisteredAsync(new DeviceOptions { Artifacts = artifacts, Engine = engine, Software = _extras });
}
