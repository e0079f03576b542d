using System.Net.Sockets;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Protocol.Tests.Messaging;
using Leda.Harness.Simulator.Broker;

namespace Leda.Harness.Simulator.Tests.Broker;

/// <summary>How the MQTT client comes to its broker, loses it and finds it again.</summary>
public sealed class MqttBusConnectionTests : BrokerTest
{
    protected override bool ComesBackToItsPort => true;

    [Theory]
    [InlineData("mqtts://host", "TLS")]
    [InlineData("http://host", "scheme 'http'")]
    [InlineData("mqtt://", "no host")]
    [InlineData("mqtt://host:0", "port 0")]
    [InlineData("mqtt://me:secret@host", "user name")]
    [InlineData("mqtt://host/path", "'/path'")]
    [InlineData("host:1883", "scheme 'host'")]
    [InlineData("//host", "scheme")]
    public void Create_BadAddress_SaysWhatIsWrong(string address, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => new MqttBusFactory(new Uri(address, UriKind.RelativeOrAbsolute), Patience.Clock));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("mqtt://host:port", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_BrokerComesLater_WaitsForIt()
    {
        await Broker.StopAsync();
        await using var client = Create();

        var connecting = client.ConnectAsync();
        await using var late = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = Broker.Port }, Patience.Clock);

        await connecting.WaitAsync(Patience.Span);
        await client.PublishAsync(BusMessage.Of("t", "x"));
    }

    [Fact]
    public async Task Connect_Cancelled_SaysWhyItWasNotConnected()
    {
        await Broker.StopAsync();
        await using var client = Create();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ConnectAsync(stop.Token));

        Assert.Contains("refused", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"mqtt://127.0.0.1:{Broker.Port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disconnect_WhileConnecting_EndsTheWaiting()
    {
        await Broker.StopAsync();
        await using var client = Create();

        var connecting = client.ConnectAsync();
        await client.DisconnectAsync();

        await Assert.ThrowsAsync<BusException>(() => connecting.WaitAsync(Patience.Span));
    }

    [Fact]
    public async Task Loss_BrokerRestarts_ConnectsAgainByItself()
    {
        await using var client = Create();
        await client.ConnectAsync();
        await client.NextAsync<BusEvent.Connected>();

        await Broker.StopAsync();
        Assert.StartsWith("lost", (await client.NextAsync<BusEvent.Disconnected>()).Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BusException>(() => client.PublishAsync(BusMessage.Of("t", "x")));
        await using var again = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = Broker.Port }, Patience.Clock);

        Assert.False((await client.NextAsync<BusEvent.Connected>()).SessionPresent);
        await client.SubscribeAsync("t");
        await client.PublishAsync(BusMessage.Of("t", "x"));
        Assert.Equal("x", (await client.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task Dispose_ConnectionIsLostAtTheSameMoment_IsNoError()
    {
        using var broker = new TcpListener(System.Net.IPAddress.Loopback, 0);
        broker.Start();
        for (var i = 0; i < 1_000; i++)
        {
            var client = new MqttBusFactory(new Uri($"mqtt://{broker.LocalEndpoint}"), Patience.Clock).Create(new BusOptions { ClientId = "one" });
            var connecting = client.ConnectAsync();
            using var peer = await broker.AcceptTcpClientAsync();
            Assert.NotEqual(0, await peer.GetStream().ReadAsync(new byte[64]));
            await peer.GetStream().WriteAsync(new byte[] { 0x20, 2, 0, 0 }); // CONNACK
            await connecting;

            peer.Close();
            Thread.SpinWait(i % 300 * 20); // the loss is noticed after a while; sometimes just while the client leaves
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Publish_BrokerThatNeverAnswers_GivesUpAndSaysSo()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var client = new MqttBusFactory(new Uri($"mqtt://{silent.LocalEndpoint}"), clock).Create(new BusOptions { ClientId = "one" });
        var connecting = client.ConnectAsync();
        using var peer = await silent.AcceptTcpClientAsync();
        await peer.GetStream().WriteAsync((byte[])[0x20, 2, 0, 0]); // a CONNACK, and nothing more
        await connecting.WaitAsync(Patience.Span);

        var publishing = client.PublishAsync(BusMessage.Of("t", "x"));
        clock.Advance(TimeSpan.FromSeconds(15));

        var error = await Assert.ThrowsAsync<BusException>(() => publishing.WaitAsync(Patience.Span));
        Assert.Contains("published on 't'", error.Message, StringComparison.Ordinal);
        Assert.Contains("within 15 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receive_NobodyReads_TheBrokerKeepsTheRest()
    {
        const int Messages = 2_500; // 1,000 are taken, 1,000 may be on their way
        await using var client = Create();
        await client.ConnectAsync();
        await client.SubscribeAsync("t");

        await PublishAsync($"-t t -q 1 -m x --repeat {Messages}");

        await Tap.WaitForAsync(o => o.Kind == BusObservationKind.Publish, Messages);
        Assert.InRange(client.Events.Count, 0, 1_001);
        for (var i = 0; i < Messages; i++)
            await client.NextMessageAsync();
        Assert.Equal(0, Broker.Lost);
    }

    private IMessageBus Create() => new MqttBusFactory(Broker.Url, Patience.Clock).Create(new BusOptions { ClientId = "one" });
}
