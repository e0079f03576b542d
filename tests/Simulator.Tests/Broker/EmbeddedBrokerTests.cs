using System.Net;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Protocol.Tests.Messaging;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Simulator.Tests.Broker;

public sealed class EmbeddedBrokerTests : BrokerTest
{
    protected override bool ComesBackToItsPort => true;

    [Fact]
    public async Task Start_PortInUse_SaysWhichPortAndWhatToDo()
    {
        var error = await Assert.ThrowsAsync<BrokerAddressException>(() => StartAsync(Broker.Port));

        Assert.Equal(
            $"cannot listen on 127.0.0.1:{Broker.Port}: another program has this port; stop it, or choose another port (0 for any free one)",
            error.Message);
    }

    [Fact]
    public async Task Start_AddressOfAnotherMachine_SaysSo()
    {
        var options = new EmbeddedBrokerOptions { Address = IPAddress.Parse("192.0.2.1"), Port = 0 };

        var error = await Assert.ThrowsAsync<BrokerAddressException>(() => EmbeddedBroker.StartAsync(options, Patience.Clock));

        Assert.Contains("192.0.2.1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_ClientsOfAllKinds_FreesThePortAndClosesThem()
    {
        _ = await SubscribeAsync("-i subscriber -t t");
        var frozen = await SubscribeAsync("-V mqttv5 -i frozen -t t");
        frozen.Freeze();
        await using var silent = await RawMqtt.OpenAsync(Broker.Port); // and never says what it is

        await Broker.StopAsync().WaitAsync(Patience.Span);
        await Broker.StopAsync();

        await Tap.WaitForAsync(BusObservationKind.Disconnect, "subscriber");
        await Tap.WaitForAsync(BusObservationKind.Disconnect, "frozen");
        await silent.ClosedAsync();
        await using var next = await StartAsync(Broker.Port);
        Assert.Equal(Broker.Port, next.Port);
    }

    [Fact]
    public async Task StartAndStop_OverAndOver_LeavesNothingBehind()
    {
        var ports = new HashSet<int>();
        for (var i = 0; i < 20; i++)
        {
            await using var broker = await StartAsync(port: 0);
            ports.Add(broker.Port);
            await using var client = new MqttBusFactory(broker.Url, Patience.Clock).Create(new BusOptions { ClientId = "one" });
            await client.ConnectAsync();
        }

        Assert.Empty(OpenSockets().Intersect(ports));
    }

    [Fact]
    public async Task Publish_SlowTap_TheAcknowledgementWaits()
    {
        var tap = new GatedTap();
        await using var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, Patience.Clock, tap);
        await using var client = new MqttBusFactory(broker.Url, Patience.Clock).Create(new BusOptions { ClientId = "one" });
        await client.ConnectAsync();
        await client.SubscribeAsync("t");

        var publishing = client.PublishAsync(BusMessage.Of("t", "x"));
        await tap.Reached.WaitAsync(Patience.Span);
        Assert.False(publishing.IsCompleted);
        Assert.False(client.Events.TryRead(out var first) && first is BusEvent.Received);
        tap.Open();

        await publishing;
        Assert.Equal("x", (await client.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task Tap_ThatThrows_ComesOutWhenTheBrokerStops()
    {
        var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, Patience.Clock, new BrokenTap());
        await using (var client = await RawMqtt.ConnectAsync(broker.Port, 4, "one"))
        {
            await client.SendAsync(0x30, [.. RawMqtt.Text("t"), .. "x"u8]);
            await client.ClosedAsync();
        }

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => broker.StopAsync());
        Assert.Equal("the journal is broken", error.Message);
    }

    private static Task<EmbeddedBroker> StartAsync(int port) =>
        EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = port }, Patience.Clock);

    /// <summary>The local ports of all sockets that a process has open: those with an inode in <c>/proc/net/tcp</c>.</summary>
    private static IEnumerable<int> OpenSockets() =>
        from table in (string[])["/proc/net/tcp", "/proc/net/tcp6"]
        from row in File.ReadLines(table).Skip(1)
        let columns = row.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where columns[9] != "0"
        select Convert.ToInt32(columns[1].Split(':')[1], 16);

    private sealed class BrokenTap : IBusTap
    {
        public ValueTask ObserveAsync(BusObservation observation) => observation.Kind == BusObservationKind.Publish
            ? throw new InvalidDataException("the journal is broken")
            : default;
    }

    /// <summary>Lets everything pass but publishes, which wait for <see cref="Open"/>.</summary>
    private sealed class GatedTap : IBusTap
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Open() => _open.SetResult();

        public async ValueTask ObserveAsync(BusObservation observation)
        {
            if (observation.Kind != BusObservationKind.Publish)
                return;
            _reached.SetResult();
            await _open.Task;
        }
    }
}
