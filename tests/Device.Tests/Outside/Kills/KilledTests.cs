using System.Globalization;
using Leda.Harness.Device.Tests.Engines.Containerd;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;

namespace Leda.Harness.Device.Tests.Outside.Kills;

/// <summary>SIGKILL at any instant of create, start, stop, remove, install and registration costs nothing that was promised.</summary>
public sealed class KilledTests(ITestOutputHelper output, OwnContainerd machine)
{
    private const int Patience = 600_000;

    /// <summary>Runs the same instants again.</summary>
    private const string SeedVariable = "LEDA_KILL_SEED";

    [Fact(Timeout = Patience)]
    public Task Restart_KilledAtTwoHundredInstants_WhatIsRegisteredIsWhatIsOnDiskAndACommandExplainsIt() =>
        RunAsync(100, [new KilledEngine(), new KilledEngine()], mustInstall: true, TestContext.Current.CancellationToken);

    [Fact(Timeout = Patience)]
    public async Task Restart_KilledAtThirtyInstantsOnContainerd_WhatIsRegisteredIsWhatIsOnDiskAndInContainerd() =>
        await RunAsync(15, [await KilledContainerd.OpenAsync(machine, "first"), await KilledContainerd.OpenAsync(machine, "second")], mustInstall: false, TestContext.Current.CancellationToken);

    private async Task RunAsync(int killsEach, IReadOnlyList<KilledEngine> engines, bool mustInstall, CancellationToken cancelled)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given)
            ? given
            : (int)RealTime.Provider.GetUtcNow().Ticks & int.MaxValue;
        output.WriteLine($"{SeedVariable}={seed}");
        var since = RealTime.Provider.GetTimestamp();
        var chance = new IdSource(seed);
        await using var artifacts = new LoopbackServer(
            path => LoopbackServer.Ok($$$"""{"container_name":"{{{path[1..]}}}","image":{"name":"{{{engines[0].Image}}}"}}"""));

        var lives = engines.Select(engine => new ManyLives(chance.Fork(), artifacts.Base, engine)).ToList();
        await Task.WhenAll(lives.Select(life => life.RunAsync(killsEach, cancelled)));

        output.WriteLine($"{killsEach * lives.Count} kills in {RealTime.Provider.GetElapsedTime(since).TotalSeconds:0} s: {string.Join("; ", lives.Select(life => life.Summary))}");
        Assert.All(lives, life => Assert.True(
            life.Acknowledged > killsEach && (life.Installed > 0 || !mustInstall), $"too few commands to prove anything: {life.Summary}"));
    }
}
