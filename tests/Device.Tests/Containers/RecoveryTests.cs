using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>What a device does with its containers when it starts (5.6, and the last rows of section 4).</summary>
public sealed class RecoveryTests
{
    [Theory]
    [InlineData("ON_FAILURE", 143, ContainerState.Running)]
    [InlineData("ON_FAILURE", 0, ContainerState.Stopped)]
    [InlineData("UNLESS_STOPPED", 0, ContainerState.Running)]
    [InlineData("ALWAYS", 0, ContainerState.Running)]
    [InlineData("NO", 143, ContainerState.Stopped)]
    public void Start_AfterAGracefulStop_WhatAnsweredTheSignalLikeThisIs(string policy, int exitCode, string state) => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var engine = new ScriptedEngine { Obeys = new() { [Signal.Terminate] = exitCode } };
        var first = await world.StartDeviceAsync(Options(data, engine, policy));
        await first.DisposeAsync();

        await using var second = await world.StartDeviceAsync(Options(data, engine, policy), seed: 2);

        Assert.Equal(state, Assert.Single(second.Containers).State.Status);
        Assert.Equal(state == ContainerState.Running ? 2 : 1, engine.Processes.Count);
    });

    [Theory]
    [InlineData("ALWAYS", ContainerState.Running)]
    [InlineData("UNLESS_STOPPED", ContainerState.Stopped)]
    public void Start_ManuallyStopped_OnlyAlwaysIsStarted(string policy, string state) => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var engine = new ScriptedEngine();
        var first = await world.StartRegisteredAsync(Options(data, engine, policy));
        await world.InvokeAsync($"Container:{first.Containers[0].Id}", "stop");
        await first.DisposeAsync();

        await using var second = await world.StartDeviceAsync(Options(data, engine, policy), seed: 2);

        Assert.Equal(state, second.Containers[0].State.Status);
    });

    [Fact]
    public void Start_RestartsWereCounted_CountingBeginsAnew() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var engine = new ScriptedEngine();
        var first = await world.StartDeviceAsync(Options(data, engine, "ALWAYS"));
        engine.Processes[0].Exit(1);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, first.Containers[0].RestartCount);
        await first.DisposeAsync();
        Assert.Equal(1, first.Containers[0].RestartCount);

        await using var second = await world.StartDeviceAsync(Options(data, engine, "ALWAYS"), seed: 2);

        Assert.Equal(0, second.Containers[0].RestartCount);
    });

    [Theory]
    [InlineData("ALWAYS")]
    [InlineData("NO")]
    public void Start_AfterAKillProcessSurvived_RunsWithItsOldPidAndIsHeard(string policy) => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var engine = new ScriptedEngine();
        await using var first = await world.StartDeviceAsync(Options(data, engine, policy));
        using var killed = data.Copy();
        var survivors = Survive(engine, first.Containers[0]);

        await using var second = await world.StartDeviceAsync(Options(killed, survivors, policy), seed: 2);
        await world.AnnounceAsync(World.Identity);

        Assert.Equal((ContainerState.Running, first.Containers[0].State.Pid, first.Containers[0].State.StartedAt),
            (second.Containers[0].State.Status, second.Containers[0].State.Pid, second.Containers[0].State.StartedAt));
        Assert.Empty(survivors.Processes);
        world.Forget();
        survivors.Survivors.Values.Single().Exit(5);
        await world.SettleAsync();
        Assert.Equal(["EXITED"], world.States(first.Containers[0].Id));
        Assert.Equal(5, second.Containers[0].State.ExitCode);
    });

    [Fact]
    public void Start_ProcessEndedMeanwhile_ItsCodeIsKnownAndThePolicyApplies() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var engine = new ScriptedEngine();
        await using var first = await world.StartDeviceAsync(Options(data, engine, "ON_FAILURE"));
        using var killed = data.Copy();
        var survivors = Survive(engine, first.Containers[0]);
        survivors.Survivors.Values.Single().Exit(0);

        await using var second = await world.StartDeviceAsync(Options(killed, survivors, "ON_FAILURE"), seed: 2);
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((ContainerState.Exited, 0), (second.Containers[0].State.Status, (int)second.Containers[0].State.ExitCode));
        Assert.Empty(survivors.Processes);
    });

    [Fact]
    public void Start_ProcessIsLost_ExitedWithAReasonUnlessThePolicyBringsItBack() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        await using var first = await world.StartDeviceAsync(Options(data, new ScriptedEngine(), "NO"));
        using var killed = data.Copy();

        await using var second = await world.StartDeviceAsync(Options(killed, new ScriptedEngine(), "NO"), seed: 2);

        Assert.Equal((ContainerState.Exited, -1), (second.Containers[0].State.Status, (int)second.Containers[0].State.Pid));
        Assert.Contains("lost", second.Containers[0].State.Error, StringComparison.Ordinal);
    });

    [Fact]
    public void Start_EngineHasWhatTheDiskHasNot_ItIsRemovedThere() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        var engine = new ScriptedEngine();
        engine.Prepared.Add("left-behind");

        await using var device = await world.StartDeviceAsync(Options(data, engine, "NO"));

        Assert.Equal([device.Containers[0].Id], engine.Prepared);
    });

    [Fact]
    public void Start_FilesOfTheOriginal_AreTakenOver() => World.Run(async world =>
    {
        using var data = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(data.Path, "containers", "theirs"));
        File.WriteAllText(Path.Combine(data.Path, "containers", "theirs", "config.json"), """
            {"container_id":"theirs","container_name":"n","image":{"name":"a/b:1"},"host_config":{"network_mode":"bridge","restart_policy":{"type":"unless-stopped"}},
            "state":{"pid":-1,"status":3},"created":"2026-11-23T11:03:34.827879794Z","started_successfully_before":true}
            """);
        File.WriteAllText(
            Path.Combine(data.Path, $"sup_back_{World.Thing.Replace(':', '_')}.json"), """{"theirs":"Container:theirs","gone":"Container:gone"}""");

        await using var device = await world.StartDeviceAsync(new DeviceOptions { DataDirectory = data.Path, Containers = DemoContainers.All });
        await world.AnnounceAsync(World.Identity);

        Assert.Equal(("theirs", "n", ContainerState.Running, "2026-11-23T11:03:34.827879794Z"),
            device.Containers.Select(c => (c.Id, c.Name, c.State.Status, c.CreatedAt)).Single());
        Assert.Equal(
            ["Container:theirs", "Container:gone deleted", "ContainerFactory"],
            world.Told.FindAll(t => t.StartsWith("Container", StringComparison.Ordinal)));
    });

    private static DeviceOptions Options(TemporaryDirectory data, ScriptedEngine engine, string policy) => new()
    {
        DataDirectory = data.Path,
        Engine = engine,
        Containers = [new CreateArguments { ImageRef = "a/b:1", Start = true, Config = new ContainerConfig { RestartPolicy = new RestartPolicy { Type = policy } } }],
    };

    /// <summary>The engine that finds the container's process again.</summary>
    private static ScriptedEngine Survive(ScriptedEngine engine, Container container)
    {
        var next = new ScriptedEngine();
        next.Prepared.Add(container.Id);
        next.Survivors[container.Id] = new ScriptedProcess(engine.Processes[0].Pid, next.Obeys);
        return next;
    }
}
