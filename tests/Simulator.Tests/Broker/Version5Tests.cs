namespace Leda.Harness.Simulator.Tests.Broker;

/// <summary>What MQTT 5 adds, by the byte: Debian's mosquitto clients do not offer these options.</summary>
public sealed class Version5Tests : BrokerTest
{
    [Fact]
    public async Task Subscribe_NoLocal_OwnMessagesStayAway()
    {
        var client = await ConnectRawAsync(5, "one");
        await SubscribeAsync(client, "t", options: 0x04);

        await client.SendAsync(0x30, [.. RawMqtt.Text("t"), 0, .. "own"u8]);
        await PublishAsync("-V mqttv5 -t t -m foreign");

        await client.ExpectAsync(0x30, [.. RawMqtt.Text("t"), 0, .. "foreign"u8]);
    }

    [Theory]
    [InlineData(0x00, 0x30)]
    [InlineData(0x08, 0x31)]
    public async Task Subscribe_RetainAsPublished_KeepsTheFlag(byte options, byte expected)
    {
        var client = await ConnectRawAsync(5, "one");
        await SubscribeAsync(client, "t", options);

        await PublishAsync("-V mqttv5 -t t -m x -r");

        Assert.Equal(expected, (await client.ReadAsync()).Header);
    }

    [Theory]
    [InlineData(0x00, true, true)]
    [InlineData(0x10, true, false)]
    [InlineData(0x20, false, false)]
    public async Task Subscribe_Twice_RetainHandlingDecides(byte options, bool first, bool second)
    {
        await PublishAsync("-t t -m kept -r -q 1"); // acknowledged: it is kept before anybody subscribes
        var client = await ConnectRawAsync(5, "one");

        foreach (var expected in new[] { first, second })
        {
            await SubscribeAsync(client, "t", options);
            await PublishAsync("-t t -m marker");

            if (expected)
                await client.ExpectAsync(0x31, [.. RawMqtt.Text("t"), 0, .. "kept"u8]);
            await client.ExpectAsync(0x30, [.. RawMqtt.Text("t"), 0, .. "marker"u8]);
        }
    }

    [Fact]
    public async Task Subscribe_WithIdentifiers_OneCopyNamesThemAll()
    {
        var client = await ConnectRawAsync(5, "one");
        await SubscribeAsync(client, "t", options: 0, identifier: 7);
        await SubscribeAsync(client, "+", options: 0, identifier: 9);
        await SubscribeAsync(client, "#", options: 0);

        await PublishAsync("-t t -m x");
        await PublishAsync("-t end/t -m marker");

        await client.ExpectAsync(0x30, [.. RawMqtt.Text("t"), 4, 0x0B, 7, 0x0B, 9, .. "x"u8]);
        await client.ExpectAsync(0x30, [.. RawMqtt.Text("end/t"), 0, .. "marker"u8]);
    }

    [Fact]
    public async Task Publish_NobodyListens_SaysSo()
    {
        var client = await ConnectRawAsync(5, "one");

        await client.SendAsync(0x32, [.. RawMqtt.Text("t"), 0, 1, 0, .. "x"u8]);

        await client.ExpectAsync(0x40, [0, 1, 0x10, 0]);
    }

    [Fact]
    public async Task Connect_ReceiveMaximum_NoMoreThanThatUnacknowledged()
    {
        var client = await ConnectRawAsync(5, "one", properties: [0x21, 0, 2]);
        await SubscribeAsync(client, "t", options: 1);

        await PublishAsync("-t t -m x -q 1 --repeat 4");
        await PublishAsync("-t t -m zero -q 0");
        var first = await client.ReadAsync();
        _ = await client.ReadAsync();
        await client.SendAsync(0xC0, []);
        Assert.Equal(0xD0, (await client.ReadAsync()).Header); // the PINGRESP comes before the third message
        await client.SendAsync(0x40, first.Body[3..5]);

        Assert.Equal(0x32, (await client.ReadAsync()).Header);
    }

    [Fact]
    public async Task Connect_NoId_GetsOne()
    {
        var client = await ConnectRawAsync(5, "");
        await SubscribeAsync(client, "t", options: 0);

        Assert.StartsWith("anonymous-", Tap.Seen[0].ClientId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_Shared_IsRefusedWithAReason()
    {
        var client = await ConnectRawAsync(5, "one");

        await client.SendAsync(0x82, [0, 1, 0, .. RawMqtt.Text("$share/g/t"), 0]);

        await client.ExpectAsync(0x90, [0, 1, 0, 0x8F]);
    }

    private static async Task SubscribeAsync(RawMqtt client, string filter, byte options, byte identifier = 0)
    {
        byte[] properties = identifier == 0 ? [0] : [2, 0x0B, identifier];
        await client.SendAsync(0x82, [0, 1, .. properties, .. RawMqtt.Text(filter), options]);
        await client.ExpectAsync(0x90, [0, 1, 0, (byte)(options & 3)]);
    }
}
