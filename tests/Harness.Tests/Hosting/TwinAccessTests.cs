using System.Text.Json;
using Leda.Harness.Hosting;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Tests.Cli;

namespace Leda.Harness.Tests.Hosting;

public sealed class TwinAccessTests
{
    private const string Press = "acme:press-7";
    private const string Containers = "dummy-namespace:dummy-gateway:dummy-device-id:edge:containers";

    [Fact]
    public void Twin_ThroughItsLife_IsReadChangedAndRemoved() => InAWorld(async (harness, _) =>
    {
        var twins = harness.Twins;
        await twins.ModifyAsync(Press, "/", new { attributes = new { line = 4, name = "über" } });
        await twins.MergeAsync(Press, "attributes", JsonElement.Parse("""{"plant":"north","name":null}"""));
        await twins.ModifyAsync(Press, "/features/motor", new { properties = new { rpm = 900.5 } });

        Assert.Equal("""{"line":4,"plant":"north"}""", (await twins.GetAsync(Press, "attributes")).GetRawText());
        Assert.Equal("""{"thingId":"acme:press-7","attributes":{"line":4}}""", (await twins.GetAsync(Press, fields: "thingId,attributes/line")).GetRawText());
        Assert.Equal(900.5, (await twins.GetAsync(Press, "features/motor/properties/rpm")).GetDouble());
        await twins.RemoveAsync(Press, "features/motor");
        Assert.Equal("things:feature.notfound", (await Assert.ThrowsAsync<TwinException>(() => twins.GetAsync(Press, "features/motor"))).Error.Error);
        await twins.RemoveAsync(Press);
        var error = await Assert.ThrowsAsync<TwinException>(() => twins.RemoveAsync(Press));
        Assert.Equal(404, error.Error.Status);
        Assert.Contains("things:thing.notfound", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void List_AndSearch_AreSortedAndChosen() => InAWorld(async (harness, _) =>
    {
        foreach (var (id, line) in new[] { ("b:2", 4), ("a:2", 5), ("a:1", 4) })
            await harness.Twins.ModifyAsync(id, "/", new { attributes = new { line } });

        Assert.Equal(["a:1", "a:2", "b:2"], (await harness.Twins.ListAsync()).Select(t => t.Id.ToString()));
        Assert.Equal(["a:1", "a:2"], (await harness.Twins.ListAsync("a")).Select(t => t.Id.ToString()));
        Assert.Equal(["a:1", "b:2"], (await harness.Twins.SearchAsync("eq(attributes/line,4)")).Select(t => t.Id.ToString()));
        var error = await Assert.ThrowsAsync<TwinException>(() => harness.Twins.SearchAsync("eq(attributes/line"));
        Assert.Equal("rql.expression.invalid", error.Error.Error);
    });

    [Fact]
    public void Watch_OneThing_GivesItsChangesInOrderAndNoOther() => InAWorld(async (harness, _) =>
    {
        using var watch = harness.Twins.Watch(Press);
        await harness.Twins.ModifyAsync("acme:other", "/", new { });
        await harness.Twins.ModifyAsync(Press, "/", new { attributes = new { line = 4 } });
        await harness.Twins.MergeAsync(Press, "attributes/line", 5);
        await harness.Twins.RemoveAsync(Press);
        watch.Dispose();
        await harness.Twins.ModifyAsync(Press, "/", new { });

        var seen = new List<string>();
        await foreach (var change in watch.WithCancellation(TestContext.Current.CancellationToken))
            seen.Add($"{change.Topic.Action} {change.Envelope.Path} {change.Envelope.Revision} {change.Thing!.Attributes}");

        Assert.Equal(["""created / 1 {"line":4}""", """merged /attributes/line 2 {"line":5}""", """deleted / 3 {"line":5}"""], seen);
    });

    [Fact]
    public void Watch_NobodyReads_EndsWithAnError() => InAWorld(async (harness, _) =>
    {
        using var watch = harness.Twins.Watch();
        for (var i = 0; i <= TwinWatch.MaxWaiting; i++)
            await harness.Twins.ModifyAsync(Press, "/", new { attributes = new { i } });

        var count = 0;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var change in watch.WithCancellation(TestContext.Current.CancellationToken))
                count++;
        });

        Assert.Equal(TwinWatch.MaxWaiting, count);
        Assert.Contains("read faster", error.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Await_WhatComesLater_IsGivenThen() => InAWorld(async (harness, clock) =>
    {
        var waiting = harness.Twins.AwaitAsync(Press, "attributes/line");
        await harness.Twins.ModifyAsync(Press, "/", new { attributes = new { plant = "north" } });
        await Task.Delay(TimeSpan.FromSeconds(30), clock); // virtual: it takes no time
        Assert.False(waiting.IsCompleted);
        await harness.Twins.ModifyAsync(Press, "attributes/line", 4);

        Assert.Equal(4, (await waiting).GetInt32());
        var late = await Assert.ThrowsAsync<TimeoutException>(() => harness.Twins.AwaitAsync(Press, "features/motor", TimeSpan.FromMinutes(5)));
        Assert.Contains("/features/motor", late.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Invoke_TheDevice_Answers() => InAWorld(
        async (harness, _) =>
        {
            await harness.Twins.AwaitAsync(Containers, "features/ConnectionStatus");

            var made = await harness.InvokeAsync(Containers, "ContainerFactory", "create", new { imageRef = "docker.io/library/busybox:1.35" });
            var wrong = await harness.InvokeAsync(Containers, "ContainerFactory", "create", 7, TimeSpan.FromSeconds(5));

            Assert.Equal((MessageOutcome.Answered, 200), (made.Outcome, made.Status));
            await harness.Twins.AwaitAsync(Containers, $"features/Container:{made.Value}");
            Assert.Equal((MessageOutcome.Answered, 400), (wrong.Outcome, wrong.Status));
        },
        device: true);

    [Fact]
    public void Invoke_NobodyAnswers_TimesOutWhenTheClockSays() => InAWorld(async (harness, clock) =>
    {
        var start = clock.GetUtcNow();

        var silent = await harness.InvokeAsync(Containers, null, "ping", timeout: TimeSpan.FromSeconds(42));
        var told = await harness.NotifyAsync(Containers, null, "ping");

        Assert.Equal((MessageOutcome.TimedOut, null), (silent.Outcome, silent.Status));
        Assert.Equal(TimeSpan.FromSeconds(42), clock.GetUtcNow() - start);
        Assert.Equal(MessageOutcome.Sent, told.Outcome);
    });

    [Fact]
    public async Task Modify_WithACloudDirectory_IsOnDiskWhenItReturns()
    {
        using var home = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        var options = new HarnessOptions { InMemory = true, Device = false, CloudDirectory = home.Path };
        await using var harness = await LedaHarness.StartAsync(options, RealTime.Provider, TestContext.Current.CancellationToken);

        await harness.Twins.ModifyAsync(Press, "/", new { attributes = new { line = 4 } });
        foreach (var file in Directory.GetFiles(home.Path))
            File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));

        await using var again = await LedaHarness.StartAsync(options with { CloudDirectory = copy.Path }, RealTime.Provider, TestContext.Current.CancellationToken);
        Assert.Equal(4, (await again.Twins.GetAsync(Press, "attributes/line")).GetInt32());
    }

    [Fact]
    public async Task Invoke_WithoutConnector_SaysWhatToStart()
    {
        var options = new HarnessOptions { InMemory = true, Device = false, Connector = false };
        await using var harness = await LedaHarness.StartAsync(options, RealTime.Provider, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => harness.InvokeAsync(Containers, null, "ping"));

        Assert.Contains("StartConnectorAsync", error.Message, StringComparison.Ordinal);
    }

    private static void InAWorld(Func<LedaHarness, TimeProvider, Task> story, bool device = false) => VirtualWorld.Run(async clock =>
    {
        await using var harness = await LedaHarness.StartAsync(new HarnessOptions { InMemory = true, Device = device }, clock);
        await story(harness, clock);
        return true;
    });
}
