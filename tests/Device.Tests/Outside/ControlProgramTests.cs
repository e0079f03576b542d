using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Outside;

/// <summary>The device's program as a daemon and as its own command line, each a process.</summary>
public sealed class ControlProgramTests
{
    private const int Patience = 60_000;

    // Nobody listens there: the socket answers while the device still looks for its broker.
    private const string NoBroker = "mqtt://127.0.0.1:1";

    [Fact(Timeout = Patience)]
    public async Task Verbs_OfARunningDevice_WorkUntilItIsStopped()
    {
        using var directory = new TemporaryDirectory();
        var socket = Path.Combine(directory.Path, "control.sock");
        using var device = DeviceProgram.Start("--broker", NoBroker, "--containers", "none", "--socket", socket);

        var created = await RunAsync("create", "--host", socket, "-n", "it", "image:1", "--t");
        var started = await RunAsync("start", "--host", socket, "-n", "it");
        var refused = await RunAsync("rm", "--host", socket, "-n", "it");
        device.Signal("TERM");
        await device.EndAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (created.Code, created.Errors));
        Assert.Equal((0, "", ""), started);
        Assert.Equal(
            (1, "", $"Error: rpc error: code = Unknown desc = container with id = {created.Output.TrimEnd()} is not stopped - must set the force flag to true to remove it\n"),
            refused);
        Assert.Equal(0, device.ExitCode);
        Assert.False(File.Exists(socket));
    }

    [Fact(Timeout = Patience)]
    public async Task Device_KilledAndStartedAgain_TakesTheSocketThatWasLeftBehind()
    {
        using var directory = new TemporaryDirectory();
        var socket = Path.Combine(directory.Path, "control.sock");
        using (var killed = DeviceProgram.Start("--broker", NoBroker, "--containers", "none", "--socket", socket))
        {
            Assert.Equal(0, (await RunAsync("sysinfo", "--host", socket)).Code);
            killed.Signal("KILL");
            await killed.EndAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(File.Exists(socket));
        using var device = DeviceProgram.Start("--broker", NoBroker, "--containers", "none", "--socket", socket);
        var listed = await RunAsync("list", "--host", socket);
        using var second = DeviceProgram.Start("--broker", NoBroker, "--containers", "none", "--socket", socket);
        var (_, errors) = await second.EndAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, "No containers found.\n", ""), listed);
        Assert.Equal((2, $"the control socket {socket} is in use by another process; give each device one of its own\n"), (second.ExitCode, errors));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var verb = DeviceProgram.Start(arguments);
        var (output, errors) = await verb.EndAsync(TestContext.Current.CancellationToken);
        return (verb.ExitCode, output, errors);
    }
}
