using System.Text;
using Leda.Harness.Conformance.Acts;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>RO: what must not silence a device, though some of it ends the original, which is why it is destructive.</summary>
internal static class Robustness
{
    private const string Envelope = """{"topic":"TOPIC/things/live/messages/conform","headers":{"correlation-id":"conform","response-required":true},"path":"/features/ContainerFactory/inbox/messages/conform"}""";

    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        Survived("RO-01", "A command that is no JSON does not silence it.", "2.5 row 1", "{\"topic\":", true),
        Survived("RO-02", "A command without topic and path does not silence it.", "2.5 row 2", """{"headers":{"correlation-id":"conform","response-required":true}}""", true),
        Survived("RO-03", "A command whose topic is too short does not silence it.", "2.5 row 3", Envelope.Replace("TOPIC/things/live/messages/conform", "short", StringComparison.Ordinal), true),
        Survived("RO-04", "A correlation id that is a number does not silence it.", "2.5", Envelope.Replace("\"conform\",\"resp", "7,\"resp", StringComparison.Ordinal), true),
        Survived("RO-05", "A response-required that is text does not silence it.", "2.5", Envelope.Replace("true}", "\"true\"}", StringComparison.Ordinal), true),
        Survived("RO-06", "Bytes that are no text do not silence it.", "2.5 row 1", "\u0000\u00ff", true),
        Survived("RO-07", "A command on a topic with a segment too many does not silence it.", "2.1", Envelope, false, "conform/extra"),
        Survived("RO-08", "A twin's event about one of its features does not silence it.", "2.6", """{"topic":"TOPIC/things/twin/events/modified","headers":{},"path":"/features/ContainerFactory","value":{}}""", true, "modified", ""),
        Announced("RO-09", "An announcement that is no JSON does not silence it, nor change who it is.", "{"),
        Announced("RO-10", "An announcement without a device id does not silence it, nor change who it is.", """{"deviceId":"","tenantId":"conform"}"""),
        Announced("RO-11", "An announcement of the wrong types does not silence it, nor change who it is.", """{"deviceId":1,"tenantId":[]}"""),
    ];

    private static Requirement Survived(
        string id, string sentence, string section, string payload, bool isDestructive, string operation = "conform", string requestId = "conform")
    {
        return Tried(id, sentence, section, isDestructive, async device =>
        {
            var thing = device.Thing;
            var topic = DeviceTopic.Command(thing.ToString(), requestId, operation).ToString();
            await device.Cloud.PublishAsync(topic, Encoding.Latin1.GetBytes(payload.Replace("TOPIC", $"{thing.Namespace}/{thing.Name}", StringComparison.Ordinal)));
        });
    }

    private static Requirement Announced(string id, string sentence, string payload) => Tried(
        id, sentence, "1.4", isDestructive: true, device => device.Cloud.PublishAsync(EdgeTopics.ThingResponse, Encoding.UTF8.GetBytes(payload)));

    /// <summary>A harmless command is answered afterwards.</summary>
    private static Requirement Tried(string id, string sentence, string section, bool isDestructive, Func<DeviceUnderTest, Task> hazard)
    {
        var act = new Act<OperationScene>(id, async device =>
        {
            var from = await device.NowAsync();
            await hazard(device);
            await device.QuietAsync();
            return new OperationScene(await device.InvokeAsync(ContainerFactory.FeatureId, Errors.Unknown), "") { From = from };
        });
        return new Requirement(id, sentence, Kanto.Section(section))
        {
            IsDestructive = isDestructive,
            Needs = ["ER-01"],
            Play = async trial => Trial.Expect((await trial.SeeAsync(act)).Exchange.Answer is not null, "an answer to a good command afterwards", "none"),
        };
    }
}
