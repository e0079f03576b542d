using System.Net;
using System.Net.Sockets;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Outside;

/// <summary>The program as people and scripts meet it.</summary>
public sealed class ProgramTests
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData("--broker", "nonsense")]
    [InlineData("--broker", "http://localhost")]
    [InlineData("--broker", "mqtts://localhost")]
    [InlineData("--broker", "mqtt://localhost:99999")]
    [InlineData("--containers", "many")]
    [InlineData("--containers", "-3")]
    [InlineData("--seed", "x")]
    [InlineData("--data", "/proc/none")]
    [InlineData("--update-agent-domain", "a/b")]
    [InlineData("--update-agent-system-containers", "a,b")]
    [InlineData("--nonsense", "x")]
    [InlineData("--engine", "docker")]
    public async Task Start_Misused_OneLineAndExitCode2(string option, string value)
    {
        using var program = DeviceProgram.Start(option, value);

        var (output, errors) = await program.EndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, program.ExitCode);
        Assert.Empty(output);
        var line = Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.True(line.Contains(value, StringComparison.Ordinal) || line.Contains(option, StringComparison.Ordinal), line);
    }

    [Theory(Timeout = Patience)]
    [InlineData("--containerd-address", "/no/such/containerd.sock")]
    [InlineData("--containerd-namespace", "no name")]
    public async Task Start_NoContainerd_OneLineAndExitCode2(string option, string value)
    {
        using var data = new TemporaryDirectory();
        using var program = DeviceProgram.Start("--engine", "containerd", "--data", data.Path, option, value);

        var (output, errors) = await program.EndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, program.ExitCode);
        Assert.Empty(output);
        Assert.Contains(value, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Start_BrokerIsNotThere_SaysSoTriesAgainAndStopsWhenTold()
    {
        using var data = new TemporaryDirectory();
        using var program = DeviceProgram.Start("--broker", $"mqtt://127.0.0.1:{FreePort()}", "--data", data.Path, "--seed", "1");

        Assert.Contains("refused", await program.ReadUntilAsync("trying again", TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        await program.ReadUntilAsync("trying again", TestContext.Current.CancellationToken);
        program.Signal("TERM");
        var (output, errors) = await program.EndAsync(TestContext.Current.CancellationToken);

        Assert.True(program.ExitCode == 0, errors);
        Assert.Empty(output);
        Assert.All(Load(data.Path), c => Assert.Equal(ContainerState.Stopped, c.State.Status));
        Assert.Equal(5, Load(data.Path).Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Run_KilledWhileItWrites_EveryContainerOnDiskIsWhole()
    {
        using var data = new TemporaryDirectory();
        var home = Directory.CreateDirectory(Path.Combine(data.Path, "containers")).FullName;
        var some = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        using var watcher = new FileSystemWatcher(home) { EnableRaisingEvents = true };
        watcher.Created += (_, _) =>
        {
            if (Interlocked.Increment(ref count) == 30)
                some.TrySetResult();
        };
        using var program = DeviceProgram.Start("--broker", $"mqtt://127.0.0.1:{FreePort()}", "--data", data.Path, "--seed", "1", "--containers", "20000");

        await some.Task.WaitAsync(TestContext.Current.CancellationToken);
        program.Signal("KILL");
        await program.EndAsync(TestContext.Current.CancellationToken);

        List<string> log = [];
        var loaded = new ContainerStore(data.Path, log.Add).Load();
        Assert.Empty(log);
        Assert.InRange(loaded.Count, Directory.GetDirectories(home).Length - 1, 19_999);
    }

    private static IReadOnlyList<Container> Load(string directory) => new ContainerStore(directory, line => Assert.Fail(line)).Load();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
