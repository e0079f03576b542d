using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Tests.Broker;

/// <summary>What only a raw client does: odd but lawful packets, and unlawful ones.</summary>
public sealed class MisbehaviourTests : BrokerTest
{
    [Fact]
    public async Task Subscribe_SeveralFilters_TheAnswersAreInTheirOrder()
    {
        var client = await ConnectRawAsync(4, "one");

        await client.SendAsync(0x82, [0, 1, .. RawMqtt.Text("a"), 0, .. RawMqtt.Text("b/#/c"), 1, .. RawMqtt.Text("c"), 2, .. RawMqtt.Text("d"), 1]);

        await client.ExpectAsync(0x90, [0, 1, 0, 0x80, 2, 1]);
    }

    [Fact]
    public async Task Subscribe_WithRetainedMessages_TheAnswerComesFirst()
    {
        var client = await ConnectRawAsync(4, "one");
        for (var i = 0; i < 200; i++)
            await client.SendAsync(0x31, [.. RawMqtt.Text($"t/{i:000}"), .. "kept"u8]);

        await client.SendAsync(0x82, [0, 1, .. RawMqtt.Text("t/#"), 0]);

        await client.ExpectAsync(0x90, [0, 1, 0]);
        for (var i = 0; i < 200; i++)
            await client.ExpectAsync(0x31, [.. RawMqtt.Text($"t/{i:000}"), .. "kept"u8]);
    }

    [Fact]
    public async Task Publish_ExactlyOnceSentTwice_ArrivesOnce()
    {
        var subscriber = await SubscribeAsync("-t t -q 2");
        var client = await ConnectRawAsync(4, "one");

        await client.SendAsync(0x34, [.. RawMqtt.Text("t"), 0, 7, .. "once"u8]);
        await client.ExpectAsync(0x50, [0, 7]);
        await client.SendAsync(0x3C, [.. RawMqtt.Text("t"), 0, 7, .. "once"u8]);
        await client.ExpectAsync(0x50, [0, 7]);
        await client.SendAsync(0x62, [0, 7]);
        await client.ExpectAsync(0x70, [0, 7]);
        await client.SendAsync(0x34, [.. RawMqtt.Text("t"), 0, 7, .. "again"u8]);

        Assert.Equal("0 2 t once", await subscriber.NextAsync());
        Assert.Equal("0 2 t again", await subscriber.NextAsync());
    }

    [Theory]
    [InlineData("a/#")]
    [InlineData("a/+/b")]
    [InlineData("$SYS/broker/uptime")]
    public async Task Publish_NoTopicForClients_ConnectionIsClosedAndNobodyGetsIt(string topic)
    {
        var subscriber = await SubscribeAsync("-t # -t $SYS/# -q 1");
        var client = await ConnectRawAsync(4, "one");

        await client.SendAsync(0x30, [.. RawMqtt.Text(topic), .. "x"u8]);
        await client.ClosedAsync();
        await PublishAsync("-t end -m marker -q 1");

        Assert.Empty(await subscriber.UntilAsync("marker"));
        var seen = await Tap.WaitForAsync(BusObservationKind.Disconnect, "one");
        Assert.StartsWith("refused", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_NoId_GetsOne()
    {
        _ = await ConnectRawAsync(4, "");

        Assert.StartsWith("anonymous-", (await Tap.WaitForAsync(o => o.Kind == BusObservationKind.Connect)).ClientId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_DuplicateFlag_IsNotPassedOn()
    {
        var client = await ConnectRawAsync(4, "one");
        await client.SendAsync(0x82, [0, 1, .. RawMqtt.Text("t"), 1]);
        _ = await client.ReadAsync();
        var sender = await ConnectRawAsync(4, "sender");

        await sender.SendAsync(0x3A, [.. RawMqtt.Text("t"), 0, 1, .. "x"u8]);

        Assert.Equal(0x32, (await client.ReadAsync()).Header);
    }
}
