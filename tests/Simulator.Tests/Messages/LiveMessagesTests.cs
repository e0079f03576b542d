using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Tests.Connector;

namespace Leda.Harness.Simulator.Tests.Messages;

public sealed class LiveMessagesTests
{
    private static readonly ThingId _thing = ThingId.Parse("ns:gw:dev:edge:containers");

    [Fact]
    public async Task Request_DeviceAnswers_AnswerComesBack()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var asking = world.Messages.RequestAsync(new LiveMessage(_thing, "x", "rename", JsonText.Parse("\"new\"")));

        var request = await world.SeenAsync(e => e.Topic.StartsWith($"command//{_thing}/req/", StringComparison.Ordinal));
        var command = Envelope.Parse(request.Payload.Span);
        var answer = command with { Status = 204, Value = null, Path = MessagePath.Parse(command.Path).ToOutbox().ToString() };
        await world.Device.PublishAsync(new BusMessage(DeviceTopic.Parse(request.Topic).Response(204).ToString(), answer.ToUtf8()));

        var result = await asking;
        Assert.Equal((MessageOutcome.Answered, 204), (result.Outcome, result.Response!.Status!.Value));
        Assert.Equal(DittoHeaders.JsonContentType, command.Headers.ContentType);
        Assert.True(command.Headers.ResponseRequired);
    }

    [Fact]
    public async Task Request_WithoutValue_HasNoContentTypeAndAHonoShapedRequestId()
    {
        await using var world = await ConnectorWorld.StartAsync();
        _ = world.Messages.RequestAsync(new LiveMessage(_thing, "x", "stop"));

        var request = await world.SeenAsync(e => e.Topic.StartsWith($"command//{_thing}/req/", StringComparison.Ordinal));

        var command = Envelope.Parse(request.Payload.Span);
        Assert.Null(command.Headers.ContentType);
        Assert.StartsWith($"024{command.Headers.CorrelationId}", DeviceTopic.Parse(request.Topic).RequestId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithATimeout_TellsTheDeviceInMilliseconds()
    {
        await using var world = await ConnectorWorld.StartAsync();
        _ = world.Messages.RequestAsync(new LiveMessage(_thing, "x", "stop"), TimeSpan.FromSeconds(2.5));

        var request = await world.SeenAsync(e => e.Topic.StartsWith($"command//{_thing}/req/", StringComparison.Ordinal));

        Assert.Equal("2500ms", Envelope.Parse(request.Payload.Span).Headers.Timeout);
    }

    [Fact]
    public async Task Request_NobodyAnswers_TimesOut()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var asking = world.Messages.RequestAsync(new LiveMessage(_thing, "x", "stop"), TimeSpan.FromSeconds(10));
        await world.SeenAsync(e => e.Topic.StartsWith("c//", StringComparison.Ordinal));
        await world.Journal.SettleAsync();

        // The short form is the last publish; the wait begins right after it, so that time is moved until it has begun and ended.
        while (!asking.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        Assert.Equal(MessageOutcome.TimedOut, (await asking).Outcome);
    }

    [Fact]
    public async Task Request_TheConnectorStops_EndsWithoutAnAnswer()
    {
        await using var world = await ConnectorWorld.StartAsync();
        var asking = world.Messages.RequestAsync(new LiveMessage(_thing, "x", "stop"));
        await world.SeenAsync(e => e.Topic.StartsWith("c//", StringComparison.Ordinal));

        await world.Connector.DisposeAsync();

        Assert.Equal(MessageOutcome.TimedOut, (await asking.WaitAsync(TimeSpan.FromSeconds(30), RealTime.Provider)).Outcome);
        Assert.Equal(MessageOutcome.Offline, (await world.Messages.RequestAsync(new LiveMessage(_thing, "x", "stop"))).Outcome);
    }

    [Fact]
    public async Task Request_WhileOffline_DoesNotWait()
    {
        await using var world = await ConnectorWorld.StartAsync();
        await world.Connector.GoOfflineAsync();

        var result = await world.Messages.RequestAsync(new LiveMessage(_thing, "x", "stop"));

        Assert.Equal(MessageOutcome.Offline, result.Outcome);
    }

    [Fact]
    public async Task Notify_AsksForNoAnswer()
    {
        await using var world = await ConnectorWorld.StartAsync();

        var result = await world.Messages.NotifyAsync(new LiveMessage(_thing, "x", "stop"));

        var sent = await world.SeenAsync(e => e.Kind == JournalKind.Publish && e.Topic == $"command//{_thing}/req//stop");
        Assert.Equal(MessageOutcome.Sent, result.Outcome);
        Assert.False(Envelope.Parse(sent.Payload.Span).Headers.ResponseRequired);
    }
}
