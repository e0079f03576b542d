using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Leda.Harness.Device;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Tests.Cli;

namespace Leda.Harness.Tests.Conformance;

/// <summary><c>leda-harness conform</c> as a user runs it.</summary>
public sealed class ConformVerbTests
{
    [Fact]
    public async Task Embedded_OwnDevice_ReadOnly_Passes()
    {
        await using var program = RunningProgram.Harness("conform", "--embedded", "--mqtt-port", "0", "--filter", "HS-01", "--filter", "FE", "--filter", "ER-0");

        var (exitCode, output, error) = await program.EndAsync();

        Assert.True(exitCode == 0, output + error);
        Assert.Contains("19 passed, 0 failed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embedded_NoDevice_SaysWhatToDo()
    {
        await using var program = RunningProgram.Harness("conform", "--embedded", "--mqtt-port", "0", "--no-device", "--wait", "0.1s");

        var (exitCode, _, error) = await program.EndAsync();

        Assert.Equal(4, exitCode);
        Assert.Contains("Is the device connected to this broker", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_NobodyThere_SaysSo()
    {
        await using var program = RunningProgram.Harness("conform", "--broker", "mqtt://127.0.0.1:1", "--wait", "0.5s");

        var (exitCode, _, error) = await program.EndAsync();

        Assert.Equal(4, exitCode);
        Assert.Contains("no broker", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Where is the device?")]
    [InlineData("Where is the device?", "--embedded", "--broker", "mqtt://127.0.0.1")]
    [InlineData("TLS is not supported", "--broker", "mqtts://127.0.0.1")]
    [InlineData("--profile: 'x' is unknown", "--embedded", "--profile", "x")]
    [InlineData("--filter: no requirement's id begins with 'XX'; there are HS, FE", "--embedded", "--filter", "XX")]
    [InlineData("--html: ", "--embedded", "--html", "nowhere/at/all.html")]
    [InlineData("--wait: 'soon' is no time", "--embedded", "--wait", "soon")]
    [InlineData("--artifact-address: 'here' is no IP address", "--embedded", "--artifact-address", "here")]
    public async Task Usage_IsExplained(string expected, params string[] arguments)
    {
        await using var program = RunningProgram.Harness(["conform", .. arguments]);

        var (exitCode, _, error) = await program.EndAsync();

        Assert.Equal(2, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_Mosquitto_DeviceThatWasThereBefore_Passes()
    {
        var path = new[] { "/usr/sbin/mosquitto", "/usr/bin/mosquitto" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "mosquitto is not installed (Debian: mosquitto)");
        var port = FreePort();
        using var mosquitto = Process.Start(new ProcessStartInfo(path, ["-p", $"{port}"]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        try
        {
            var address = new Uri($"mqtt://127.0.0.1:{port}");
            await using var device = await DeviceHost.StartAsync(
                new DeviceOptions(), new MqttBusFactory(address, RealTime.Provider), RealTime.Provider, new IdSource(3), _ => { });
            await using var program = RunningProgram.Harness("conform", "--broker", $"mqtt://user:word@127.0.0.1:{port}", "--destructive", "--filter", "FE", "--filter", "OP", "--filter", "SU");

            var (exitCode, output, error) = await program.EndAsync();

            Assert.True(exitCode == 0, output + error);
            Assert.Contains("passed   SU-17", output, StringComparison.Ordinal);
        }
        finally
        {
            mosquitto.Kill();
            await mosquitto.WaitForExitAsync();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
