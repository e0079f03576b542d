using Leda.Harness.Device.Containers;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Tests.Cli;

namespace Leda.Harness.Tests.Clients;

/// <summary>Eclipse Ditto's JavaScript client as npm has it, unmodified, against a harness with its device: <c>tests/JavaScriptClient</c>.</summary>
public sealed class JavaScriptClientTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "JavaScriptClient");
    private static readonly HarnessOptions _options = new() { MqttPort = 0, Http = new ApiOptions { Port = 0 }, Containers = ContainerSupply.None };
    private static readonly string _device = $"{_options.Identity.DeviceId}:edge:containers";

    private static readonly string[] _programs = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator);

    private static readonly string[] _steps =
    [
        "puts a thing over HTTP",
        "posts a thing without id over HTTP",
        "creates a thing over the WebSocket",
        "reads over HTTP",
        "reads over the WebSocket",
        "merges over HTTP",
        "merges over the WebSocket",
        "puts and deletes parts over HTTP",
        "puts and deletes parts over the WebSocket",
        "heeds entity tags",
        "searches with filter, sort and paging",
        "counts",
        "keeps policies",
        "sees over the WebSocket what HTTP changes",
        "hears messages to and from things",
        "has its messages answered",
        "hears live commands",
        "invokes an operation of the device and sees its twin's event",
        "deletes things and policies",
    ];

    private static string? Missing =>
        !_programs.Any(folder => File.Exists(Path.Combine(folder, "node"))) ? "node is not installed (Node.js)"
        : !Directory.Exists(Path.Combine(_folder, "node_modules")) ? "the client is not installed: run 'npm ci' in tests/JavaScriptClient, then build"
        : null;

    [Fact]
    public async Task Client_EveryStep_Works()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        await using var harness = await LedaHarness.StartAsync(_options, RealTime.Provider, TestContext.Current.CancellationToken);
        await harness.Twins.AwaitAsync(_device, "features/ConnectionStatus");
        await using var client = RunningProgram.Other("node", Path.Combine(_folder, "steps.js"), harness.HttpUrl!.ToString(), _device);

        foreach (var step in _steps)
        {
            var line = await client.LineAsync(_ => true) ?? $"the end: {(await client.EndAsync()).Error}";
            Assert.True(line == $"ok {step}", $"'{step}' was expected, but: {line}");
        }

        var end = await client.EndAsync();
        Assert.Equal((0, "", ""), (end.ExitCode, end.Output, end.Error));
        Assert.DoesNotContain(harness.Things.All, t => t.Id == ThingId.Parse("org.acme:lamp"));
    }
}
