using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Tests.Cli;

public sealed partial class UpTests
{
    [Fact]
    public async Task Up_OnAnyPort_PrintsReadyThenTheConversation_AndCtrlCEndsIt()
    {
        await using var program = RunningProgram.Harness("up", "--mqtt-port", "0", "--http-port", "0", "--seed", "7");

        var port = await ReadyAsync(program);
        Assert.NotNull(await program.LineAsync(line => line.Contains("modify /features/SoftwareUpdatable") && line.EndsWith("OK", StringComparison.Ordinal)));
        program.Interrupt();
        var watch = Stopwatch.StartNew();
        var end = await program.EndAsync();

        Assert.Equal((0, ""), (end.ExitCode, string.Join('\n', end.Error.Split('\n').Where(l => !l.StartsWith("device: ", StringComparison.Ordinal)))));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"the stop took {watch.Elapsed}");
        using var again = new TcpListener(IPAddress.Loopback, port);
        again.Start();
    }

    /// <summary>Kanto's suites ask for the definition as soon as they are started, and never again (<c>kanto-container-management.md</c> 8).</summary>
    [Fact]
    public async Task Up_OnceItIsReady_TheDeviceIsRegisteredAndAnswers()
    {
        await using var program = RunningProgram.Harness("up", "--mqtt-port", "0", "--http-port", "0", "--device-id", "acme:gw");
        var line = await program.LineAsync(line => line.StartsWith("ready ", StringComparison.Ordinal));
        using var cloud = new HttpClient { BaseAddress = new Uri($"{HttpUrl().Match(line!).Groups[1].Value}/api/2/things/acme:gw:edge:containers/features/") };
        cloud.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("ditto:ditto"u8));

        var definitions = await Task.WhenAll(new[] { "ContainerFactory", "SoftwareUpdatable", "Metrics" }.Select(feature => cloud.GetAsync($"{feature}/definition")));
        var answer = await cloud.PostAsync("Metrics/inbox/messages/request?timeout=5", new StringContent("""{"frequency":"0s"}""", null, "application/json"));

        Assert.All(definitions, definition => Assert.Equal(HttpStatusCode.OK, definition.StatusCode));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Up_WithAnIdentity_SaysItInTheReadyLine()
    {
        await using var program = RunningProgram.Harness("up", "--mqtt-port", "0", "--http-port", "0", "--device-id", "acme:gw", "--tenant", "tnt", "--no-device", "--seed", "7");

        var line = await program.LineAsync(line => line.StartsWith("ready ", StringComparison.Ordinal));

        Assert.EndsWith(" device=acme:gw tenant=tnt seed=7", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_PortInUse_SaysSoInOneLine()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var program = RunningProgram.Harness("up", "--http-port", "0", "--mqtt-port", $"{port}");

        var end = await program.EndAsync();

        Assert.Equal(3, end.ExitCode);
        Assert.Contains($"{port}", Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--device-id", "nocolon", "nocolon")]
    [InlineData("--device-id", "a:b/c", "name")]
    [InlineData("--policy-id", "x", "policy-id")]
    [InlineData("--tenant", "a/b", "a/b")]
    [InlineData("--tenant", "", "tenant")]
    [InlineData("--containers", "many", "demo, none")]
    [InlineData("--containers", "-3", "demo, none")]
    [InlineData("--http-port", "70000", "70000")]
    [InlineData("--http-address", "0.0.0.0", "--http-user")]
    [InlineData("--http-address", "everywhere", "everywhere")]
    [InlineData("--http-user", "nopassword", "NAME:PASSWORD")]
    [InlineData("--mqtt-port", "70000", "70000")]
    [InlineData("--mqtt-port", "x", "x")]
    [InlineData("--seed", "x", "x")]
    [InlineData("--colour", "red", "--colour")]
    [InlineData("--data", "", "--data")]
    [InlineData("--data", "/dev/null", "--data")]
    [InlineData("--device-id", "a:b+c", "a:b+c")]
    [InlineData("--tenant", "a\nb", "\\u000a")]
    public async Task Up_OptionThatCannotBe_SaysSoInOneLine(string option, string value, string part)
    {
        await using var program = RunningProgram.Harness("up", option, value);

        var end = await program.EndAsync();

        Assert.Equal(2, end.ExitCode);
        Assert.Contains(part, Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("twin", "frobnicate")]
    public async Task UnknownVerb_IsNamedInOneLine(params string[] arguments)
    {
        await using var program = RunningProgram.Harness(arguments);

        var end = await program.EndAsync();

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("frobnicate", Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_DataOfAnotherDevice_SaysSoInOneLine()
    {
        using var data = new TemporaryFolder();
        await using var first = RunningProgram.Harness("up", "--mqtt-port", "0", "--http-port", "0", "--data", data.Path);
        await ReadyAsync(first);
        await using var second = RunningProgram.Harness("up", "--mqtt-port", "0", "--http-port", "0", "--data", data.Path);

        var end = await second.EndAsync();

        Assert.Equal(2, end.ExitCode);
        Assert.Contains("in use", Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_NamesThatForgeALine_AreWrittenOut()
    {
        await using var program = RunningProgram.Harness("up", "--mqtt-port", "0", "--http-port", "0", "--no-device");
        var port = await ReadyAsync(program);
        await using var bus = new MqttBusFactory(new Uri($"mqtt://127.0.0.1:{port}"), RealTime.Provider).Create(new BusOptions { ClientId = "evil\nready mqtt=1.2.3.4:5" });

        await bus.ConnectAsync();

        Assert.Contains("evil\\u000aready", await program.LineAsync(line => line.Contains("evil", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_WithoutConnector_TheTriggerByHandMakesTheDeviceReport()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_pub"), "Debian's mosquitto-clients are not installed.");
        await using var program = RunningProgram.Harness("up", "--mqtt-port", "0", "--http-port", "0", "--no-connector");
        var port = $"{await ReadyAsync(program)}";
        Assert.NotNull(await program.LineAsync(line => line.Contains("edge/thing/request", StringComparison.Ordinal)));

        await using var listener = RunningProgram.Other("mosquitto_sub", "-p", port, "-t", "e/#", "-C", "8", "-v", "-W", "60");
        Assert.NotNull(await program.LineAsync(line => line.Contains("subscribe e/#", StringComparison.Ordinal)));
        await using var trigger = RunningProgram.Other(
            "mosquitto_pub", "-p", port, "-t", "edge/thing/response", "-m",
            """{"deviceId":"dummy-namespace:dummy-gateway:dummy-device-id","tenantId":"dummy-tenant-id"}""");

        var heard = await listener.EndAsync();
        Assert.Equal(0, heard.ExitCode);
        var lines = heard.Output.Split('\n');
        Assert.Equal(8, lines.Length);
        Assert.All(lines, line => Assert.StartsWith(
            "e/dummy-tenant-id/dummy-namespace:dummy-gateway:dummy-device-id:edge:containers {", line, StringComparison.Ordinal));
        Assert.Equal(5, lines.Count(line => line.Contains("\"path\":\"/features/Container:", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.Contains("ghcr.io%2Feclipse%2Fkuksa.val%2Fdatabroker.", StringComparison.Ordinal));
    }

    private static async Task<int> ReadyAsync(RunningProgram program)
    {
        var line = await program.LineAsync(line => line.StartsWith("ready ", StringComparison.Ordinal));
        var match = ReadyLine().Match(line ?? string.Join('\n', program.Errors));
        Assert.True(match.Success, $"no ready line, but: {line}{string.Join('\n', program.Errors)}");
        return int.Parse(match.Groups[1].Value);
    }

    [GeneratedRegex(" http=([^ ]+) ")]
    private static partial Regex HttpUrl();

    [GeneratedRegex(@"^ready mqtt=127\.0\.0\.1:([0-9]+) http=http://127\.0\.0\.1:[0-9]+ device=\S+ tenant=\S+ seed=[0-9]+$")]
    private static partial Regex ReadyLine();
}
