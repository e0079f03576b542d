using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Protocol.Tests.Hono;

public sealed class DeviceTopicTests
{
    private const string Thing = "ns:gw:dev:edge:containers";

    [Theory]
    [InlineData("e", DeviceTopicKind.Event, "", "")]
    [InlineData("event", DeviceTopicKind.Event, "", "")]
    [InlineData("t", DeviceTopicKind.Telemetry, "", "")]
    [InlineData("e/t1", DeviceTopicKind.Event, "t1", "")]
    [InlineData("e//" + Thing, DeviceTopicKind.Event, "", Thing)]
    [InlineData("e/t1/" + Thing, DeviceTopicKind.Event, "t1", Thing)]
    [InlineData("telemetry/t1/" + Thing + "/?content-type=x", DeviceTopicKind.Telemetry, "t1", Thing)]
    [InlineData("command//" + Thing + "/req/r1/create", DeviceTopicKind.CommandRequest, "", Thing)]
    [InlineData("command///req/r1/create", DeviceTopicKind.CommandRequest, "", "")]
    [InlineData("c//" + Thing + "/q//stop", DeviceTopicKind.CommandRequest, "", Thing)]
    [InlineData("command//" + Thing + "/res/r1/204", DeviceTopicKind.CommandResponse, "", Thing)]
    [InlineData("c///s/r1/404", DeviceTopicKind.CommandResponse, "", "")]
    public void Parse_Topic_ComesBack(string text, DeviceTopicKind kind, string tenant, string device)
    {
        var topic = DeviceTopic.Parse(text);

        Assert.Equal((kind, tenant, device), (topic.Kind, topic.Tenant, topic.Device));
        Assert.Equal(text, topic.ToString());
    }

    [Theory]
    [InlineData("telemetry/", "telemetry")]
    [InlineData("e/", "e")]
    [InlineData("e/t1/", "e/t1")]
    public void Parse_EmptyLastSegment_MeansTheSameAsNone(string text, string canonical) =>
        Assert.Equal(canonical, DeviceTopic.Parse(text).ToString());

    [Theory]
    [InlineData("edge/thing/request", "none of")]
    [InlineData("command//x/req", "six segments")]
    [InlineData("command//x/req/r1/create/more", "six segments")]
    [InlineData("command//x/q/r1/create", "fourth segment")]
    [InlineData("c//x/req/r1/create", "fourth segment")]
    [InlineData("command//x/req/r1/", "subject")]
    [InlineData("command//x/res/r1/", "status")]
    [InlineData("command//x/res/r1/ok", "'ok'")]
    [InlineData("command//x/res/r1/99", "'99'")]
    [InlineData("command//x/res/r1/600", "'600'")]
    public void TryParse_NoDeviceTopic_NamesTheBadSegment(string text, string part)
    {
        Assert.False(DeviceTopic.TryParse(text, out _, out var problem));
        Assert.Contains(part, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Response_OfACommand_KeepsFormDeviceAndRequestId()
    {
        Assert.Equal("command//x/res/r1/204", DeviceTopic.Parse("command//x/req/r1/stop").Response(204).ToString());
        Assert.Equal("c//x/s/r1/204", DeviceTopic.Parse("c//x/q/r1/stop").Response(204).ToString());
    }
}
