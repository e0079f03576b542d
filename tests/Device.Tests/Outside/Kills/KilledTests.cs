using System.Globalization;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;

namespace Leda.Harness.Device.Tests.Outside.Kills;

/// <summary>SIGKILL at any instant of create, start, stop, remove, install and registration costs nothing that was promised.</summary>
public sealed class KilledTests(ITestOutputHelper output)
{
    private const int Patience = 600_000;
    private const int Lives = 2;
    private const int KillsEach = 100;

    /// <summary>Runs the same instants again.</summary>
    private const string SeedVariable = "LEDA_KILL_SEED";

    [Fact(Timeout = Patience)]
    public async Task Restart_KilledAtTwoHundredInstants_WhatIsRegisteredIsWhatIsOnDiskAndACommandExplainsIt()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given)
            ? given
            : (int)RealTime.Provider.GetUtcNow().Ticks & int.MaxValue;
        output.WriteLine($"{SeedVariable}={seed}");
        var since = RealTime.Provider.GetTimestamp();
        var chance = new IdSource(seed);
        await using var artifacts = new LoopbackServer(path => LoopbackServer.Ok($$$"""{"container_name":"{{{path[1..]}}}","image":{"name":"a/b:1"}}"""));

        var lives = Enumerable.Range(0, Lives).Select(_ => new ManyLives(chance.Fork(), artifacts.Base)).ToList();
        await Task.WhenAll(lives.Select(life => life.RunAsync(KillsEach, TestContext.Current.CancellationToken)));

        output.WriteLine($"{Lives * KillsEach} kills in {RealTime.Provider.GetElapsedTime(since).TotalSeconds:0} s: {string.Join("; ", lives.Select(life => life.Summary))}");
        Assert.All(lives, life => Assert.True(life.Acknowledged > KillsEach && life.Installed > 0, $"too few commands to prove anything: {life.Summary}"));
    }
}
