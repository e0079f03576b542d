using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Conformance.Requirements;

/// <summary>EN: what all messages of the device have in common, looked at in the end over everything that it said.</summary>
internal static class Envelopes
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Requirement> All =>
    [
        Everywhere("EN-01", "What the device says goes out on e/<tenant>/<thing id>.", "2.1", "e/<tenant>/<thing id>", IsUplink, TopicFault, "SEM-15/thing") with { Explains = ["HS-06"] },
        Everywhere("EN-02", "An envelope's topic begins with the namespace, not with the tenant.", "1.7", "<namespace>/<name>/things/…", IsUplink, NamespaceFault, "SEM-15/thing"),
        Everywhere("EN-03", "An envelope's topic names the device's own thing.", "1.7", "the containers' thing", IsUplink, ThingFault, "SEM-15/thing") with { Explains = ["HS-07"] },
        Everywhere("EN-04", "A twin command has the one header response-required, and it is false; metrics have it, too.", "2.3", """{"response-required":false}""", m => m.IsTwinCommand || m.IsMetrics, HeaderFault),
        Everywhere("EN-05", "Everything is a Ditto envelope.", "2.2", "a Ditto envelope", _ => true, m => m.Envelope is null ? m.Entry.Payload.Length == 0 ? "nothing" : "something else" : null, "json/", "envelope/", "schema/") with { Explains = [""] },
        Everywhere("EN-06", "Everything is published with QoS 1 and not retained.", "1.2", "QoS 1, not retained", _ => true, DeliveryFault) with { NeedsTheBroker = true },
    ];

    private static Requirement Everywhere(
        string id, string sentence, string section, string expected, Func<DeviceMessage, bool> matters, Func<DeviceUnderTest, DeviceMessage, string?> fault, params string[] rules) =>
        new(id, sentence, Kanto.Section(section))
        {
            Rules = rules,
            Play = trial =>
            {
                trial.ExpectAll(trial.Device.Said().Where(matters), "messages of the kind", expected, m => fault(trial.Device, m));
                return Task.CompletedTask;
            },
        };

    private static Requirement Everywhere(
        string id, string sentence, string section, string expected, Func<DeviceMessage, bool> matters, Func<DeviceMessage, string?> fault, params string[] rules) =>
        Everywhere(id, sentence, section, expected, matters, (_, message) => fault(message), rules);

    private static bool IsUplink(DeviceMessage message) => !message.IsAnswer && message.Envelope is not null;

    private static string? TopicFault(DeviceUnderTest device, DeviceMessage message) =>
        device.Cloud.IdentitiesAt(message.Entry.Sequence).Any(i => message.Entry.Topic == DeviceTopic.Event(i.TenantId, DeviceUnderTest.ThingOf(i).ToString()).ToString())
            ? null
            : message.Entry.Topic;

    private static string? NamespaceFault(DeviceUnderTest device, DeviceMessage message)
    {
        var first = message.Envelope!.Topic.Split('/')[0];
        return device.Cloud.IdentitiesAt(message.Entry.Sequence).Any(i => first == i.TenantId && first != DeviceUnderTest.ThingOf(i).Namespace) ? message.Envelope.Topic : null;
    }

    private static string? ThingFault(DeviceUnderTest device, DeviceMessage message)
    {
        if (NamespaceFault(device, message) is not null)
            return null; // named already
        var things = device.Cloud.IdentitiesAt(message.Entry.Sequence).Select(DeviceUnderTest.ThingOf);
        return things.Any(t => message.Envelope!.Topic.StartsWith($"{t.Namespace}/{t.Name}/things/", StringComparison.Ordinal)) ? null : message.Envelope!.Topic;
    }

    private static string? HeaderFault(DeviceMessage message) =>
        message.Envelope!.Headers is { ResponseRequired: false } headers && (headers.All.Count == 1 || message.IsMetrics)
            ? null
            : $"{{{string.Join(",", message.Envelope.Headers.All.Select(h => $"\"{h.Key}\":{h.Value.GetRawText()}"))}}}";

    private static string? DeliveryFault(DeviceMessage message) =>
        message.Entry is { Qos: QualityOfService.AtLeastOnce, Retain: false } ? null : $"QoS {(int)message.Entry.Qos}{(message.Entry.Retain ? ", retained" : "")}";
}
