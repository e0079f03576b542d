using System.Text;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Golden;

/// <summary>What the original daemon said, ours says too: the recordings of <c>tests/Data/recordings</c>, message by message.</summary>
public sealed class GoldenConversationTests
{
    // What the original's engine said of the registry that was not there.
    private static readonly Dictionary<string, string> _unavailable = new(StringComparer.Ordinal)
    {
        ["127.0.0.1:35000/nosuch/image:1"] = "failed to resolve reference \"127.0.0.1:35000/nosuch/image:1\": failed to do request: "
            + "Head \"http://127.0.0.1:35000/v2/nosuch/image/manifests/1\": dial tcp 127.0.0.1:35000: connect: connection refused",
    };

    [Theory]
    [InlineData("02-edge-thing-response-first.ndjson", false)]
    [InlineData("03-edge-thing-response-repeat-identical.ndjson", true)]
    [InlineData("04-edge-thing-response-policy-change.ndjson", true)]
    [InlineData("11-mqtt-create-start-stop-remove.ndjson", true)]
    [InlineData("12-mqtt-container-operations.ndjson", true)]
    [InlineData("20-su-install-remove.ndjson", true)]
    [InlineData("21-su-install-wrong-checksum.ndjson", true)]
    [InlineData("22-su-install-failures.ndjson", true)]
    public void Conversation_AsRecorded_SameMessages(string file, bool registered) => World.Run(async world =>
    {
        var recording = Recording.Load(file);
        var artifacts = new MemoryArtifacts();
        var engine = file == "22-su-install-failures.ndjson" ? new ScriptedEngine { Unavailable = _unavailable } : null;
        var options = new DeviceOptions { Engine = engine, Artifacts = artifacts };
        await using var device = registered ? await world.StartRegisteredAsync(options) : await world.StartDeviceAsync(options);
        var recorded = new Side();
        var ours = new Side();
        var ends = recording.Steps.Skip(1).Select(s => s.At).Append(recording.Steps[^1].At + TimeSpan.FromSeconds(5));
        foreach (var (step, end) in recording.Steps.Zip(ends))
        {
            world.Forget();
            await world.SendAsync(ours.Translate(step.Driver.Topic, recorded), RecordedArtifacts.ForOurs(ours.Translate(step.Driver.Payload, recorded), artifacts));
            await world.PassAsync(end - step.At);

            var expected = recorded.Take(step.Device);
            var actual = ours.Take(world.Published.Select(o =>
                new Message(o.Topic, Encoding.UTF8.GetString(o.Payload.Span), (int)o.Qos, o.Retain)));
            Assert.Equal(expected, actual);
        }
    });

    [Fact]
    public void Conversation_OneWordDiffers_IsNoticed()
    {
        var recording = Recording.Load("11-mqtt-create-start-stop-remove.ndjson");
        var messages = recording.Steps.SelectMany(s => s.Device).ToList();
        Assert.Equal(12, messages.Count);

        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var wrong in Wrong(messages[i]).Where(w => w != messages[i]))
                Assert.NotEqual(new Side().Take(messages), new Side().Take([.. messages[..i], wrong, .. messages[(i + 1)..]]));
        }

        static IEnumerable<Message> Wrong(Message m) =>
        [
            m with { Topic = m.Topic + "x" }, m with { Qos = 0 }, m with { Retain = true }, m with { Payload = m.Payload.Replace("\"headers\":{", "\"headers\":{\"x\":1,") },
            m with { Payload = m.Payload.Replace("99443cf4", "99443cf5") }, m with { Payload = m.Payload.Replace("\"path\":\"", "\"path\":\"/x") },
        ];
    }
}
