using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Protocol.Tests.Messaging;

/// <summary>What every bus has to keep, in memory or over sockets. Test projects derive from it, one class per bus.</summary>
public abstract class MessageBusContract : IAsyncLifetime
{
    private readonly List<IMessageBus> _clients = [];
    private IBusFactory? _factory;

    protected RecordingTap Tap { get; } = new();

    public async ValueTask InitializeAsync() => _factory = await StartAsync(Tap);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("e/#", "e/t/1")]
    [InlineData("command///req/#", "command///req//start")]
    [InlineData("+/+/+", "a//")]
    public async Task Publish_MatchingFilter_ArrivesAsItWas(string filter, string topic)
    {
        var receiver = await ConnectAsync("receiver");
        await receiver.SubscribeAsync(filter);
        var sender = await ConnectAsync("sender");

        await sender.PublishAsync(BusMessage.Of(topic, "ä payload"));

        var message = await receiver.NextMessageAsync();
        Assert.Equal((topic, "ä payload", QualityOfService.AtLeastOnce, false), (message.Topic, message.Text, message.Qos, message.Retain));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public async Task Publish_TwoQualities_TheLowerOneCounts(int published, int subscribed)
    {
        var client = await ConnectAsync("one");
        await client.SubscribeAsync("t", (QualityOfService)subscribed);

        await client.PublishAsync(BusMessage.Of("t", "x", (QualityOfService)published));

        Assert.Equal((QualityOfService)Math.Min(published, subscribed), (await client.NextMessageAsync()).Qos);
    }

    [Fact]
    public async Task Publish_OverlappingFilters_OneCopyOfTheHighestQuality()
    {
        var client = await ConnectAsync("one");
        await client.SubscribeAsync("a/#", QualityOfService.AtMostOnce);
        await client.SubscribeAsync("a/+", QualityOfService.ExactlyOnce);
        await client.SubscribeAsync("a/b", QualityOfService.AtLeastOnce);

        await client.PublishAsync(BusMessage.Of("a/b", "x", QualityOfService.ExactlyOnce));
        await client.PublishAsync(BusMessage.Of("a/b", "marker", QualityOfService.ExactlyOnce));

        var message = await client.NextMessageAsync();
        Assert.Equal(("x", QualityOfService.ExactlyOnce), (message.Text, message.Qos));
        Assert.Empty(await client.TextsUntilAsync("marker"));
    }

    [Fact]
    public async Task Subscribe_RetainedMessages_ComeFlaggedAndUntilCleared()
    {
        var sender = await ConnectAsync("sender");
        var early = await ConnectAsync("early");
        await early.SubscribeAsync("status/#");
        await sender.PublishAsync(BusMessage.Of("status/a", "old", retain: true));
        await sender.PublishAsync(BusMessage.Of("status/a", "new", retain: true));
        await sender.PublishAsync(BusMessage.Of("status/b", "gone", retain: true));
        await sender.PublishAsync(BusMessage.Of("status/b", "", retain: true));

        var late = await ConnectAsync("late");
        await late.SubscribeAsync("status/#", QualityOfService.AtMostOnce);
        await sender.PublishAsync(BusMessage.Of("status/end", "marker"));

        var kept = await late.NextMessageAsync();
        Assert.Equal(("new", true, QualityOfService.AtMostOnce), (kept.Text, kept.Retain, kept.Qos));
        Assert.Empty(await late.TextsUntilAsync("marker"));
        Assert.False((await early.NextMessageAsync()).Retain);
        Assert.Equal(["new", "gone", ""], await early.TextsUntilAsync("marker"));
    }

    [Fact]
    public async Task Unsubscribe_OneOfTwoFilters_OnlyThatOneEnds()
    {
        var client = await ConnectAsync("one");
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b");

        await client.UnsubscribeAsync("a");
        await client.PublishAsync(BusMessage.Of("a", "lost"));
        await client.PublishAsync(BusMessage.Of("b", "marker"));

        Assert.Empty(await client.TextsUntilAsync("marker"));
    }

    [Fact]
    public async Task Abort_ClientWithWill_TheWillIsPublished()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("will/#");
        var mortal = await ConnectAsync(new BusOptions { ClientId = "mortal", Will = BusMessage.Of("will/mortal", "lost") });

        await mortal.AbortAsync();

        Assert.Equal("lost", (await watcher.NextMessageAsync()).Text);
        var seen = await Tap.WaitForAsync(BusObservationKind.Publish, "mortal", "will/mortal");
        Assert.Equal("will", seen.Detail);
    }

    [Fact]
    public async Task Disconnect_ClientWithWill_TheWillIsForgotten()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("#");
        var mortal = await ConnectAsync(new BusOptions { ClientId = "mortal", Will = BusMessage.Of("will/mortal", "lost") });

        await mortal.DisconnectAsync();
        await Tap.WaitForAsync(BusObservationKind.Disconnect, "mortal");
        await watcher.PublishAsync(BusMessage.Of("end", "marker"));

        Assert.Empty(await watcher.TextsUntilAsync("marker"));
    }

    [Fact]
    public async Task Connect_PersistentSession_BringsWhatWasMissedInOrder()
    {
        var options = new BusOptions { ClientId = "away", CleanSession = false };
        var away = await ConnectAsync(options);
        await away.SubscribeAsync("t/#", QualityOfService.AtLeastOnce);
        await away.DisconnectAsync();
        await Tap.WaitForAsync(BusObservationKind.Disconnect, "away");
        var sender = await ConnectAsync("sender");

        await sender.PublishAsync(BusMessage.Of("t/0", "not kept", QualityOfService.AtMostOnce));
        for (var i = 0; i < 50; i++)
            await sender.PublishAsync(BusMessage.Of($"t/{i}", $"{i}", i % 2 == 0 ? QualityOfService.AtLeastOnce : QualityOfService.ExactlyOnce));

        var back = await ConnectAsync(options, sessionPresent: true);
        await sender.PublishAsync(BusMessage.Of("t/end", "marker"));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), await back.TextsUntilAsync("marker"));
    }

    [Fact]
    public async Task Connect_CleanSession_ForgetsThePersistentOne()
    {
        var options = new BusOptions { ClientId = "away", CleanSession = false };
        var away = await ConnectAsync(options);
        await away.SubscribeAsync("t");
        await away.DisconnectAsync();
        await Tap.WaitForAsync(BusObservationKind.Disconnect, "away");
        var sender = await ConnectAsync("sender");
        await sender.PublishAsync(BusMessage.Of("t", "missed"));

        var clean = await ConnectAsync("away");
        await clean.SubscribeAsync("end");
        await sender.PublishAsync(BusMessage.Of("t", "missed too"));
        await sender.PublishAsync(BusMessage.Of("end", "marker"));

        Assert.Empty(await clean.TextsUntilAsync("marker"));
    }

    [Fact]
    public async Task Connect_SameId_TakesOver()
    {
        var watcher = await ConnectAsync("watcher");
        await watcher.SubscribeAsync("will");
        var first = await ConnectAsync(new BusOptions { ClientId = "twin", Will = BusMessage.Of("will", "taken over") });

        _ = await ConnectAsync("twin");

        await first.NextAsync<BusEvent.Disconnected>();
        Assert.Equal("taken over", (await watcher.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task Connect_AfterDisconnectAndAbort_WorksAgain()
    {
        var client = await ConnectAsync("one");
        await client.DisconnectAsync();
        await client.NextAsync<BusEvent.Disconnected>();
        await client.ConnectAsync();
        await client.NextAsync<BusEvent.Connected>();
        await client.AbortAsync();
        await client.NextAsync<BusEvent.Disconnected>();
        await client.ConnectAsync();
        Assert.False((await client.NextAsync<BusEvent.Connected>()).SessionPresent);

        await client.SubscribeAsync("t");
        await client.PublishAsync(BusMessage.Of("t", "x"));
        Assert.Equal("x", (await client.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task AnyCall_NotConnected_SaysSo()
    {
        var client = Create(new BusOptions { ClientId = "nobody" });

        var error = await Assert.ThrowsAsync<BusException>(() => client.PublishAsync(BusMessage.Of("t", "x")));
        Assert.Contains("nobody", error.Message, StringComparison.Ordinal);
        Assert.Contains("not connected", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BusException>(() => client.SubscribeAsync("t"));
        await Assert.ThrowsAsync<BusException>(() => client.UnsubscribeAsync("t"));
        await client.DisconnectAsync();
        await client.AbortAsync();
    }

    [Theory]
    [InlineData("a/#")]
    [InlineData("")]
    [InlineData("$SYS/broker")]
    public async Task Publish_NoTopicForClients_IsRefused(string topic)
    {
        var client = await ConnectAsync("one");

        await Assert.ThrowsAsync<BusException>(() => client.PublishAsync(BusMessage.Of(topic, "x")));
    }

    [Theory]
    [InlineData("a/#/b")]
    [InlineData("")]
    [InlineData("$share/g/a")]
    public async Task Subscribe_NoFilter_IsRefused(string filter)
    {
        var client = await ConnectAsync("one");

        await Assert.ThrowsAsync<BusException>(() => client.SubscribeAsync(filter));
    }

    [Fact]
    public async Task Publish_SlowReader_LosesNothing()
    {
        var receiver = await ConnectAsync("receiver");
        await receiver.SubscribeAsync("t");
        var sender = await ConnectAsync("sender");

        for (var i = 0; i < 5_000; i++)
            await sender.PublishAsync(BusMessage.Of("t", $"{i}"));
        await sender.PublishAsync(BusMessage.Of("t", "marker"));

        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"{i}"), await receiver.TextsUntilAsync("marker"));
    }

    [Fact]
    public async Task Publish_InAnswerToAMessage_DoesNotBlock()
    {
        var client = await ConnectAsync("one");
        await client.SubscribeAsync("count");
        await client.PublishAsync(BusMessage.Of("count", "0"));

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"{i}", (await client.NextMessageAsync()).Text);
            await client.PublishAsync(BusMessage.Of("count", $"{i + 1}"));
        }
    }

    [Fact]
    public async Task Tap_EverythingOneClientDoes_IsSeenInOrder()
    {
        var client = await ConnectAsync("one");
        await client.SubscribeAsync("t/#", QualityOfService.ExactlyOnce);
        await client.PublishAsync(BusMessage.Of("t/1", "x", QualityOfService.ExactlyOnce, retain: true));
        await client.UnsubscribeAsync("t/#");
        await client.DisconnectAsync();
        await Tap.WaitForAsync(BusObservationKind.Disconnect, "one");

        Assert.Equal(
            [
                (BusObservationKind.Connect, "", QualityOfService.AtMostOnce, false),
                (BusObservationKind.Subscribe, "t/#", QualityOfService.ExactlyOnce, false),
                (BusObservationKind.Publish, "t/1", QualityOfService.ExactlyOnce, true),
                (BusObservationKind.Unsubscribe, "t/#", QualityOfService.AtMostOnce, false),
                (BusObservationKind.Disconnect, "", QualityOfService.AtMostOnce, false),
            ],
            Tap.Seen.Select(o => (o.Kind, o.Topic, o.Qos, o.Retain)));
    }

    [Fact]
    public async Task Dispose_ConnectedClient_LeavesAndCompletesTheEvents()
    {
        var client = await ConnectAsync(new BusOptions { ClientId = "one", Will = BusMessage.Of("will", "no") });

        await client.DisposeAsync();
        await client.DisposeAsync();

        await Tap.WaitForAsync(BusObservationKind.Disconnect, "one");
        while (await client.Events.WaitToReadAsync(TestContext.Current.CancellationToken))
            client.Events.TryRead(out _);

        Assert.DoesNotContain(Tap.Seen, o => o.Topic == "will");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ConnectAsync());
    }

    protected abstract Task<IBusFactory> StartAsync(IBusTap tap);

    protected virtual Task StopAsync() => Task.CompletedTask;

    protected IMessageBus Create(BusOptions options)
    {
        var client = _factory!.Create(options);
        _clients.Add(client);
        return client;
    }

    protected Task<IMessageBus> ConnectAsync(string clientId) => ConnectAsync(new BusOptions { ClientId = clientId });

    protected async Task<IMessageBus> ConnectAsync(BusOptions options, bool sessionPresent = false)
    {
        var client = Create(options);
        await client.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Equal(sessionPresent, (await client.NextAsync<BusEvent.Connected>()).SessionPresent);
        return client;
    }
}
