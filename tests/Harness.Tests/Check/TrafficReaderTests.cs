using System.Text;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Traffic;

namespace Leda.Harness.Tests.Check;

public sealed class TrafficReaderTests
{
    private const string Envelope = """{"topic":"a/b/things/twin/events/modified","headers":{},"path":"/","value":{}}""";

    [Theory]
    [InlineData("e/t/d {\"a\": 1}", "1 e/t/d|{\"a\": 1}")]
    [InlineData("edge/thing/request (null)", "1 edge/thing/request|")]
    [InlineData("edge/thing/request ", "1 edge/thing/request|")]
    [InlineData("other/topic some words {}", "1 other/topic|some words {}")]
    [InlineData("plain {}", "1 plain|{}")]
    [InlineData("1795474417.054570142 e/t/d {}", "1 e/t/d|{}")]
    [InlineData("2026-11-23T22:53:37+0000 e/t/d {}", "1 e/t/d|{}")]
    [InlineData("a/b 1\r\n\r\n\nplain words\r\n", "1 a/b|1", "4 plain|words")]
    public void Verbose_EachLine_IsAMessage(string text, params string[] expected) => Assert.Equal(expected, Reading.Short(text));

    [Fact]
    public void Verbose_WithInstants_HasThem()
    {
        var items = Reading.Of("1795474417.5 a/b 1\n2026-11-23T22:53:37+0000 a/b 2").Cast<TrafficMessage>().ToList();

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1795474417500), items[0].Message.At);
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 22, 53, 37, TimeSpan.Zero), items[1].Message.At);
    }

    [Theory]
    [InlineData("e/t/d {\n \"a\": [\n1,\n2]\n}\na/b 1", "1 e/t/d|{\n \"a\": [\n1,\n2]\n}", "6 a/b|1")]
    [InlineData("e/t/d {\n\"a b/c {\": \"d/e {\"\n}\na/b 1", "1 e/t/d|{\n\"a b/c {\": \"d/e {\"\n}", "4 a/b|1")]
    [InlineData("e/t/d {\na: 1\n}\na/b 1", "1 e/t/d|{\na: 1\n}", "4 a/b|1")]
    [InlineData("e/t/d {\"a\": \"cut\na/b {\"x\":1}\na/b 2", "1 e/t/d|{\"a\": \"cut", "2 a/b|{\"x\":1}", "3 a/b|2")]
    [InlineData("e/t/d {\"a\": {\na/b 2", "1 e/t/d|{\"a\": {", "2 a/b|2")]
    [InlineData("e/t/d {\"a\":", "1 e/t/d|{\"a\":")]
    [InlineData("e/t/d {a:1}\na/b 2", "1 e/t/d|{a:1}", "2 a/b|2")]
    [InlineData("e/t/d [info] started\na/b 2", "1 e/t/d|[info] started", "2 a/b|2")]
    public void Verbose_PayloadOverSeveralLines_EndsWhereItsJsonEnds(string text, params string[] expected) => Assert.Equal(expected, Reading.Short(text));

    [Theory]
    [InlineData("""{"tst":"2026-11-23T22:53:37.054360Z+0000","topic":"a/b","qos":0,"retain":0,"payloadlen":15,"payload":"{\"x\": \"é\"}"}""", "{\"x\": \"é\"}")]
    [InlineData("""{"tst":"2026-11-23T22:53:37.054360Z+0000","topic":"a/b","qos":0,"retain":0,"payloadlen":15,"payload":{"x": 1}}""", "{\"x\": 1}")]
    [InlineData("""{"tst":"2026-11-23T22:53:37.054360Z+0000","topic":"a/b","qos":0,"retain":0,"payloadlen":5,"payload":"\"str\""}""", "\"str\"")]
    [InlineData("""{"tst":"2026-11-23T22:53:37.054360Z+0000","topic":"a/b","qos":0,"retain":0,"payloadlen":5,"payload":"str"}""", "\"str\"")]
    [InlineData("""{"tst":"2026-11-23T22:53:37.054360Z+0000","topic":"a/b","qos":0,"retain":0,"payloadlen":3,"payload":"str"}""", "str")]
    [InlineData("""{"tst":"2026-11-23T22:53:37.054360Z+0000","topic":"a/b","qos":0,"retain":0,"payloadlen":0,"payload":null}""", "")]
    public void Mosquitto_Json_GivesThePayloadAsPublished(string line, string payload)
    {
        var message = Assert.IsType<TrafficMessage>(Assert.Single(Reading.Of(line))).Message;

        Assert.Equal(("a/b", payload), (message.Topic, Encoding.UTF8.GetString(message.Payload.Span)));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 22, 53, 37, TimeSpan.Zero).AddTicks(543_600), message.At);
    }

    [Fact]
    public void Journal_ItsOwnLines_ComeBackAsTheyWereSeen()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        byte[] binary = [0xFF, 0x00];
        JournalEntry[] entries =
        [
            new() { At = at, Kind = JournalKind.Connect, Who = "device" },
            new() { At = at, Kind = JournalKind.Publish, Who = "device", Topic = "e/t/d", Payload = "{}"u8.ToArray() },
            new() { At = at, Kind = JournalKind.Publish, Who = "device", Topic = "other", Payload = binary },
            new() { At = at, Kind = JournalKind.TwinEvent, Who = "twin", Payload = Encoding.UTF8.GetBytes(Envelope) },
        ];

        var items = Reading.Of([.. entries.SelectMany(entry => (byte[])[.. JournalText.ToLine(entry), (byte)'\n'])]).Cast<TrafficMessage>().ToList();

        Assert.Equal([2L, 3, 4], items.Select(item => item.Line));
        Assert.Equal(["e/t/d", "other", ""], items.Select(item => item.Message.Topic));
        Assert.Equal(binary, items[1].Message.Payload.ToArray());
        Assert.All(items, item => Assert.Equal(at, item.Message.At));
        Assert.Equal(["device", "device", "twin"], items.Select(item => item.Message.Who));
    }

    [Fact]
    public void Recording_NotesAreNoMessages_AndBrokersAreToldApart()
    {
        var items = Reading.Of(
            """
            {"t": 1795431738807, "note": "begins"}
            {"t": 1795431738808, "topic": "a/b", "qos": 1, "retain": false, "from": "driver", "payload": "x", "broker": "hub"}
            """);

        var message = Assert.IsType<TrafficMessage>(Assert.Single(items));
        Assert.Equal((2L, "hub", "driver", "a/b"), (message.Line, message.Broker, message.Message.Who, message.Message.Topic));
        Assert.Equal(1795431738808, message.Message.At.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Envelope_AloneOrOneALine_IsAMessageWithoutTopic()
    {
        Assert.Equal([$"1 |{Envelope}"], Reading.Short(Envelope));
        Assert.Equal([$"1 |{Envelope}", $"2 |{Envelope}"], Reading.Short(Envelope + "\n" + Envelope));
        Assert.Equal(["2 |{\n\"topic\": \"x\",\n\"path\": \"/\"\n}"], Reading.Short("\uFEFF\n{\n\"topic\": \"x\",\n\"path\": \"/\"\n}\n"));
        Assert.Equal([$"2 |{Envelope}", $"4 |{Envelope}"], Reading.Short($"[\n{Envelope}\n,\n{Envelope}]"));
    }

    [Fact]
    public void Cases_InAFileOrOneALine_AreReadWithTheirLines()
    {
        Assert.Equal(["3 a=1", "4 b=[]"], Reading.Short("{\"about\": \"x\", \"cases\": [\n\n{\"id\":\"1\",\"schema\":\"a\",\"doc\":1},\n{\"schema\":\"b\",\"doc\":[]}]}"));
        Assert.Equal(["1 a=1", "2 b=[]"], Reading.Short("{\"id\":\"1\",\"schema\":\"a\",\"doc\":1}\n{\"schema\":\"b\",\"doc\":[]}"));
    }

    [Theory]
    [InlineData("{\"a\":1}", "1 s={\"a\":1}")]
    [InlineData("{\n\"a\":1\n}\n\"text\"\n[1,\n2]", "1 s={\n\"a\":1\n}", "4 s=\"text\"", "5 s=[1,\n2]")]
    [InlineData("{\"a\":1", "1 s={\"a\":1")]
    public void Payloads_WithTheirSchema_AreReadOneByOne(string text, params string[] expected) => Assert.Equal(expected, Reading.Short(text, "s"));

    [Fact]
    public void Journals_OfSeveralWorlds_BeginAnew()
    {
        static string Entry(int sequence) => $$"""{"seq":{{sequence}},"kind":"Publish","topic":"a","payload":"1"}""";

        Assert.Equal(["1 a|1", "2 a|1", "3 anew", "3 a|1", "4 a|1"], Reading.Short(string.Join('\n', Entry(0), Entry(7), Entry(0), Entry(1))));
    }

    [Fact]
    public void Mosquitto_WithBase64_IsRead() => Assert.Equal(["1 a/b|hi"], Reading.Short("""{"tst":"x","topic":"a/b","payload64":"aGk="}"""));

    [Theory]
    [InlineData("hello", "1 !")]
    [InlineData("hello world", "1 !")]
    [InlineData("{\"deviceId\": \"x\"}", "1 !")]
    [InlineData("[1]", "1 !")]
    [InlineData("a/+/c {}", "1 !")]
    [InlineData("a/b 1\n  and more\na/b 2", "1 a/b|1", "2 !", "3 a/b|2")]
    [InlineData("{\"t\":1,\"topic\":\"a\",\"payload\":\"1\"}\n{\"t\":1,\"topic\":\"a\",\"pay\n{\"t\":1,\"topic\":\"a\",\"payload\":\"2\"}", "1 a|1", "2 !", "3 a|2")]
    [InlineData("{\"seq\":1,\"kind\":\"Nonsense\"}", "1 !")]
    [InlineData("{\"seq\":1,\"kind\":\"99\"}", "1 !")]
    [InlineData("{\"seq\":1,\"kind\":\"Publish\",\"topic\":\"a\"}", "1 !")]
    [InlineData("{\"t\":1,\"topic\":5,\"payload\":\"\"}", "1 !")]
    [InlineData("{\"schema\":\"x\"}", "1 !")]
    public void LinesThatAreNoMessage_AreTold(string text, params string[] expected) => Assert.Equal(expected, Reading.Short(text));

    [Fact]
    public void FilesThatAreNoText_AreToldOnceWithTheWayOut()
    {
        var utf16 = Assert.IsType<TrafficProblem>(Assert.Single(Reading.Of([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("a/b {}\na/b {}\n")])));
        var gzip = Assert.IsType<TrafficProblem>(Assert.Single(Reading.Of([0x1F, 0x8B, 8, 0, (byte)'\n', 1, 2])));

        Assert.Contains("UTF-8", utf16.Finding.Hint, StringComparison.Ordinal);
        Assert.Contains("gunzip", gzip.Finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void LineLongerThanAnyMessage_IsToldAndTheNextIsRead()
    {
        var text = new byte[LineReader.MaxLine + 100_000];
        text.AsSpan().Fill((byte)'x');
        "a/b "u8.CopyTo(text);
        "\na/b 2"u8.CopyTo(text.AsSpan(text.Length - 6));

        var items = Reading.Of(text);

        Assert.Equal(1, Assert.IsType<TrafficProblem>(items[0]).Line);
        Assert.Equal(2, Assert.IsType<TrafficMessage>(items[1]).Line);
        Assert.Equal(2, items.Count);
    }
}
