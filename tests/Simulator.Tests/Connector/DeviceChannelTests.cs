using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Connector;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Connector;

/// <summary>The Ditto protocol between devices and the cloud: answers, events of others, live signals.</summary>
public sealed class DeviceChannelTests
{
    private const string Child = ConnectorMessages.Child;
    private static readonly ThingId _child = ThingId.Parse(Child);

    [Theory]
    [InlineData("ns/gw:dev", "command///req//modify-response")]
    [InlineData("ns/gw:dev:edge:containers", $"command//{Child}/req//modify-response")]
    public async Task TwinCommand_WithoutResponseRequired_IsAnswered(string thing, string topic)
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Device.PublishAsync(Command(thing, "modify", """{"correlation-id":"c-1"}""", "/features/x", "{}"));

        var answer = Envelope.Parse((await world.PublishedAsync(topic)).Payload.Span);
        Assert.Equal((201, "/features/x", "c-1", $"{thing}/things/twin/commands/modify"), (answer.Status, answer.Path, answer.Headers.CorrelationId, answer.Topic));
        Assert.False(answer.Headers.ResponseRequired);
    }

    [Fact]
    public async Task TwinCommand_IsAnsweredWhenTheChangeIsKept()
    {
        var (asked, kept) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var world = await ConnectorWorld.StartAsync(() =>
        {
            asked.TrySetResult();
            return kept.Task;
        });

        await world.Device.PublishAsync(Command("ns/gw:dev", "modify", "{}", "/features/x", "{}"));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), RealTime.Provider, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(world.Journal.Snapshot(), e => e.Topic == "command///req//modify-response");
        kept.SetResult();

        await world.PublishedAsync("command///req//modify-response");
    }

    [Fact]
    public async Task TwinCommand_ThatCannotBeKept_IsAnError()
    {
        await using var world = await ConnectorWorld.StartAsync(() => Task.FromException(new Leda.Harness.Simulator.Storage.StorageException("the disk is full")));

        await world.Device.PublishAsync(Command("ns/gw:dev", "modify", """{"correlation-id":"c-1"}""", "/features/x", "{}"));

        Assert.Equal(503, Envelope.Parse((await world.PublishedAsync("command///req//errors-response")).Payload.Span).Status);
    }

    [Fact]
    public async Task TwinCommand_ResponseNotRequired_IsNotAnsweredButAnErrorIs()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Device.PublishAsync(Command("ns/gw:dev", "modify", """{"response-required":false}""", "/features/x", "{}"));
        await world.Device.PublishAsync(Command("ns/gw:dev", "delete", """{"response-required":false,"correlation-id":"c-2"}""", "/features/none", null));

        var error = await world.PublishedAsync("command///req//errors-response");
        Assert.Equal((404, "c-2"), (Envelope.Parse(error.Payload.Span).Status, Envelope.Parse(error.Payload.Span).Headers.CorrelationId));
        Assert.DoesNotContain(world.Journal.Snapshot(), e => e.Topic.EndsWith("modify-response", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("retrieve", "/attributes", null, 200, "retrieve-response", """{"a":1}""")]
    [InlineData("merge", "/attributes", """{"a":2}""", 204, "merge-response", null)]
    [InlineData("delete", "/attributes/a", null, 204, "delete-response", null)]
    public async Task TwinCommand_EachAction_IsAnsweredWithItsResult(string action, string path, string? value, int status, string subject, string? result)
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Device.PublishAsync(ConnectorMessages.Modify("/attributes", """{"a":1}"""));

        await world.Device.PublishAsync(Command("ns/gw:dev", action, "{}", path, value));

        var answer = Envelope.Parse((await world.PublishedAsync($"command///req//{subject}")).Payload.Span);
        Assert.Equal((status, result), (answer.Status, answer.Value?.GetRawText()));
    }

    [Fact]
    public async Task TwinCommand_WithASubjectHeader_IsAnsweredUnderThatSubject()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Device.PublishAsync(Command("ns/gw:dev", "modify", """{"subject":"own"}""", "/features/x", "{}"));

        await world.PublishedAsync("command///req//own-response");
    }

    [Fact]
    public async Task RetrieveOfSeveral_GivesThoseThatTheDeviceCovers()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Device.PublishAsync(ConnectorMessages.Modify("/attributes/a", "1"));
        world.Things.Provision(ThingId.Parse("other:thing"));

        await world.Device.PublishAsync(Command("_/_", "retrieve", "{}", "/", """{"thingIds":["other:thing","ns:gw:dev","ns:gw:dev:none"]}"""));

        var answer = Envelope.Parse((await world.PublishedAsync("command//_:_/req//retrieve-response")).Payload.Span);
        Assert.Equal("ns:gw:dev", Assert.Single(answer.Value!.Value.EnumerateArray()).GetProperty("thingId").GetString());
    }

    [Fact]
    public async Task Retrieve_OfNoTwin_MakesNone()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Device.PublishAsync(Command("ns/gw:dev", "retrieve", "{}", "/features", null));

        await world.PublishedAsync("command///req//errors-response");
        Assert.Empty(world.Things.All);
    }

    [Fact]
    public async Task TwinChangedByAnother_TheDeviceIsToldAndNotOfItsOwnChange()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Device.PublishAsync(ConnectorMessages.Modify("/attributes/own", "1"));
        await world.PublishedAsync("command///req//modify-response");

        world.Things.Execute(new TwinCommand(ThingId.Parse("ns:gw:dev"), "modify", ResourcePath.Parse("/attributes/a"), JsonText.Parse("7"), DittoHeaders.Empty)
        {
            Caller = Caller.Harness,
        });

        var told = Envelope.Parse((await world.PublishedAsync("command///req//created")).Payload.Span);
        Assert.Equal(("ns/gw:dev/things/twin/events/created", "/attributes/a"), (told.Topic, told.Path));
        Assert.DoesNotContain(world.Journal.Snapshot(), e => e.Topic.StartsWith("command/", StringComparison.Ordinal) && ConnectorWorld.Text(e).Contains("/twin/events/") && ConnectorWorld.Text(e).Contains("/own"));
    }

    [Fact]
    public async Task TwinOfAStranger_IsNotToldToTheGateway()
    {
        await using var world = await ConnectorWorld.StartAsync();

        world.Things.Provision(ThingId.Parse("other:thing"));
        world.Things.Provision(_child);

        await world.PublishedAsync($"command//{Child}/req//created");
        Assert.DoesNotContain(world.Journal.Snapshot(), e => e.Topic.Contains("other:thing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OutboxMessageOfADevice_ReachesThoseWhoListenAndNotTheDevice()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var listener = new Listener();
        world.Signals.Subscribe(listener);

        await world.Device.PublishAsync(Live("messages/data", "/features/Metrics/outbox/messages/data"));
        await world.Device.PublishAsync(Live("events/modified", "/features/x"));

        Assert.Equal("ns/gw:dev:edge:containers/things/live/messages/data", (await listener.HeardAsync()).Topic.ToString());
        var heard = await listener.HeardAsync();
        Assert.Equal(("ns/gw:dev:edge:containers/things/live/events/modified", CloudConnector.Origin), (heard.Topic.ToString(), heard.Origin));
        Assert.DoesNotContain(world.Journal.Snapshot(), e => e.Kind == JournalKind.Publish && e.Topic.StartsWith("command/", StringComparison.Ordinal));
        Assert.Empty(world.Things.All);
    }

    [Fact]
    public async Task LiveCommand_AnsweredByTheDeviceWithSomethingIllegal_IsToldAndTimesOut()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var topic = TopicPath.Parse("ns/gw:dev:edge:containers/things/live/commands/modify");
        var asking = world.Live.SendAsync(new LiveSignal(topic, new Envelope
        {
            Topic = topic.ToString(),
            Path = "/features/x",
            Headers = DittoHeaders.Of("c-1", true, timeout: "10"),
            Value = JsonText.Parse("{}"),
        })
        { Wait = TimeSpan.FromSeconds(10) });
        var request = await world.SeenAsync(e => e.Topic.StartsWith($"command//{Child}/req/", StringComparison.Ordinal) && e.Topic.EndsWith("/modify", StringComparison.Ordinal));

        var answer = Envelope.Parse(request.Payload.Span) with { Status = 206, Value = null };
        await world.Device.PublishAsync(new BusMessage(DeviceTopic.Parse(request.Topic).Response(206).ToString(), answer.ToUtf8()));

        var told = Envelope.Parse((await world.PublishedAsync($"command//{Child}/req//errors-response")).Payload.Span);
        Assert.Equal(422, told.Status);
        while (!asking.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal(MessageOutcome.TimedOut, (await asking).Outcome);
    }

    [Fact]
    public async Task ResponseThatNobodyAwaits_IsNotedInTheJournal()
    {
        await using var world = await ConnectorWorld.StartAsync();

        Assert.Null(world.Live.Respond(Envelope.Parse(ConnectorMessages.Response("", "late").Payload.Span)));

        await world.SeenAsync(e => e.Kind == JournalKind.TwinError && ConnectorWorld.Text(e).Contains("live:response.unawaited"));
    }

    [Fact]
    public async Task MessageWithASlashInItsSubject_GoesOutInOneSegment()
    {
        await using var world = await ConnectorWorld.StartAsync();

        await world.Messages.NotifyAsync(new LiveMessage(_child, "x", "ask/more+"));

        await world.PublishedAsync($"command//{Child}/req//ask%2Fmore%2B");
    }

    private static BusMessage Command(string thing, string action, string headers, string path, string? value) => BusMessage.Of(
        "e", $$"""{"topic":"{{thing}}/things/twin/commands/{{action}}","headers":{{headers}},"path":"{{path}}"{{(value is null ? "" : $",\"value\":{value}")}}}""");

    private static BusMessage Live(string rest, string path) => BusMessage.Of(
        $"e//{Child}", $$$"""{"topic":"ns/gw:dev:edge:containers/things/live/{{{rest}}}","headers":{},"path":"{{{path}}}","value":{}}""");

    private sealed class Listener : ISignalSubscriber
    {
        private readonly System.Threading.Channels.Channel<Signal> _heard = System.Threading.Channels.Channel.CreateUnbounded<Signal>();

        public void Take(Signal signal) => _heard.Writer.TryWrite(signal);

        public async Task<Signal> HeardAsync()
        {
            using var net = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return await _heard.Reader.ReadAsync(net.Token);
        }
    }
}
