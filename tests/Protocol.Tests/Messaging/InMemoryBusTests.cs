using System.Collections.Concurrent;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Protocol.Tests.Messaging;

public sealed class InMemoryBusTests : MessageBusContract
{
    protected override Task<IBusFactory> StartAsync(IBusTap tap) => Task.FromResult<IBusFactory>(new InMemoryBroker(tap));

    [Fact]
    public async Task Publish_QueueFull_LossIsSeenAndCounted()
    {
        var broker = new InMemoryBroker(Tap) { MaxWaiting = 2 };
        await using var slow = broker.Create(new BusOptions { ClientId = "slow" });
        await slow.ConnectAsync();
        await slow.NextAsync<BusEvent.Connected>();
        await slow.SubscribeAsync("t");

        for (var i = 0; i < 3; i++)
            await slow.PublishAsync(BusMessage.Of("t", $"{i}"));

        Assert.Equal(1, broker.Lost);
        var seen = await Tap.WaitForAsync(BusObservationKind.Overflow, "slow", "t");
        Assert.Equal("2"u8, seen.Payload.Span);
        Assert.Equal("0", (await slow.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task Publish_QueueOfAnAbsentClientFull_LossIsSeenAndCounted()
    {
        var broker = new InMemoryBroker(Tap) { MaxWaiting = 1 };
        await using var away = broker.Create(new BusOptions { ClientId = "away", CleanSession = false });
        await away.ConnectAsync();
        await away.SubscribeAsync("t");
        await away.AbortAsync();
        await using var sender = broker.Create(new BusOptions { ClientId = "sender" });
        await sender.ConnectAsync();

        await sender.PublishAsync(BusMessage.Of("t", "kept"));
        await sender.PublishAsync(BusMessage.Of("t", "lost"));

        Assert.Equal(1, broker.Lost);
        await away.ConnectAsync();
        Assert.Equal("kept", (await away.NextMessageAsync()).Text);
    }

    [Fact]
    public void EveryOperation_OnASingleThread_StaysThereAndInOrder()
    {
        var first = Record();
        var second = Record();

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Create_WillOnAWildcard_IsRefusedAtOnce() =>
        Assert.Throws<ArgumentException>(() =>
            new InMemoryBroker().Create(new BusOptions { ClientId = "one", Will = BusMessage.Of("a/#", "x") }));

    /// <summary>Three chatty clients and a tap that takes its time, all on one thread; gives the order in which things happened.</summary>
    private static List<string> Record()
    {
        var log = new List<string>();
        using var loop = new SingleThread();
        loop.Run(async () =>
        {
            var broker = new InMemoryBroker(new YieldingTap(log));
            var clients = Enumerable.Range(0, 3).Select(i => broker.Create(new BusOptions { ClientId = $"c{i}" })).ToList();
            await Task.WhenAll(clients.Select(TalkAsync));
        });
        return log;

        async Task TalkAsync(IMessageBus client)
        {
            await client.ConnectAsync();
            await client.SubscribeAsync("talk/#");
            for (var i = 0; i < 20; i++)
            {
                await client.PublishAsync(BusMessage.Of($"talk/{client.ClientId}", $"{i}"));
                log.Add($"{client.ClientId} got {(await client.NextMessageAsync()).Topic} on one thread: {loop.IsHere}");
            }

            await client.DisposeAsync();
        }
    }

    private sealed class YieldingTap(List<string> log) : IBusTap
    {
        public async ValueTask ObserveAsync(BusObservation observation)
        {
            await Task.Yield();
            log.Add($"{observation.Kind} {observation.ClientId} {observation.Topic}");
        }
    }

    private sealed class SingleThread : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Call, object? State)> _work = [];
        private readonly int _thread = Environment.CurrentManagedThreadId;

        public bool IsHere => Environment.CurrentManagedThreadId == _thread;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Assert.True(IsHere, "work came in from another thread");
            _work.Add((d, state));
        }

        public void Run(Func<Task> main)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                var task = main();
                while (!task.IsCompleted)
                {
                    Assert.True(_work.TryTake(out var next, Patience.Span), "the loop ran dry");
                    next.Call(next.State);
                }

                task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public void Dispose() => _work.Dispose();
    }
}
