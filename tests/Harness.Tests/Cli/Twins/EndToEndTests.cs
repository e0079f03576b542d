using System.Text.Json;
using Leda.Harness.Hosting;
using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Tests.Cli.Twins;

/// <summary>The verbs as a user types them, against a running harness with its device.</summary>
public sealed class EndToEndTests : IAsyncLifetime
{
    private const string Containers = "dummy-namespace:dummy-gateway:dummy-device-id:edge:containers";

    private LedaHarness _harness = null!;

    public async ValueTask InitializeAsync()
    {
        _harness = await LedaHarness.StartAsync(
            new HarnessOptions { InMemory = true, Http = new ApiOptions { Port = 0 } }, RealTime.Provider, TestContext.Current.CancellationToken);
        await _harness.Twins.AwaitAsync(Containers, "features/ConnectionStatus");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task Get_ThenRm_ReadsTheTwinAndRemovesIt()
    {
        var definition = await RunAsync("twin", "get", Containers, "features/ContainerFactory/definition", "--json");
        var removed = await RunAsync("twin", "rm", Containers);
        var gone = await RunAsync("twin", "get", Containers);

        Assert.Equal((0, """["com.bosch.iot.suite.edge.containers:ContainerFactory:1.3.0"]""", ""), definition);
        Assert.Equal((0, $"removed {Containers}", ""), removed);
        Assert.Equal((1, ""), (gone.ExitCode, gone.Output));
        Assert.Contains("404 things:thing.notfound", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnderAWrongPassword_IsRefused() =>
        Assert.Contains("--user", (await RunAsync("twin", "get", Containers, "--user", "ditto:wrong")).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Invoke_TheDevice_AnswersAndReports()
    {
        var made = await RunAsync("invoke", Containers, "ContainerFactory", "create", """{"imageRef":"docker.io/library/busybox:1.35"}""", "--json");
        var wrong = await RunAsync("invoke", Containers, "ContainerFactory", "create", "7");
        var sent = await RunAsync("invoke", Containers, "Metrics", "request", "{}", "--one-way", "--json");

        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        var answer = JsonElement.Parse(made.Output);
        Assert.Equal(200, answer.GetProperty("status").GetInt32());
        await _harness.Twins.AwaitAsync(Containers, $"features/Container:{answer.GetProperty("value")}");
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.StartsWith("leda-harness: 400 messages:parameter.invalid ", wrong.Error, StringComparison.Ordinal);
        Assert.Equal((0, """{"status":202}""", ""), sent);
    }

    [Fact]
    public async Task Invoke_NobodyAnswers_IsAFailure()
    {
        await _harness.StopDeviceAsync();

        var end = await RunAsync("invoke", Containers, "ContainerFactory", "create", "--timeout", "100ms");

        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.StartsWith("leda-harness: 408 ", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ls_AndSearch_PageThroughAll()
    {
        for (var i = 0; i < 450; i++)
            await _harness.Twins.ModifyAsync($"acme:press-{i:000}", "/", new { attributes = new { i } });

        var all = await RunAsync("twin", "ls", "--json", "--namespace", "acme", "--fields", "thingId");
        var found = await RunAsync("search", "and(gt(attributes/i,9),lt(attributes/i,12))", "--json", "--fields", "attributes/i");
        var table = await RunAsync("twin", "ls");
        var broken = await RunAsync("search", "eq(");

        Assert.Equal((0, ""), (all.ExitCode, all.Error));
        Assert.Equal(Enumerable.Range(0, 450).Select(i => $$"""{"thingId":"acme:press-{{i:000}}"}"""), all.Output.Split('\n'));
        Assert.Equal((0, "{\"attributes\":{\"i\":10}}\n{\"attributes\":{\"i\":11}}", ""), found);
        Assert.Contains(table.Output.Split('\n'), line => line.StartsWith(Containers, StringComparison.Ordinal));
        Assert.Equal((1, ""), (broken.ExitCode, broken.Output));
        Assert.StartsWith("leda-harness: 400 rql.expression.invalid ", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_ATwin_ShowsItsChanges()
    {
        await _harness.Twins.ModifyAsync("acme:press", "/", new { attributes = new { line = 1 } });
        await using var watching = RunningProgram.Harness("twin", "watch", "acme:press", "--json", "--filter", "gt(attributes/line,3)", "--url", $"{_harness.HttpUrl}");
        await watching.ErrorAsync("watching");

        await _harness.Twins.ModifyAsync("acme:press", "attributes/line", 2);
        await _harness.Twins.ModifyAsync("acme:other", "/", new { attributes = new { line = 4 } });
        await _harness.Twins.ModifyAsync("acme:press", "attributes/line", 5);

        Assert.Equal("""{"thingId":"acme:press","attributes":{"line":5}}""", await watching.LineAsync(_ => true));
        watching.Interrupt();
        Assert.Equal(0, (await watching.EndAsync()).ExitCode);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var program = RunningProgram.Harness([.. arguments, "--url", $"{_harness.HttpUrl}"]);
        return await program.EndAsync();
    }
}
