using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Simulator.Referee;

/// <summary>SEM-15: what is said twice is said the same way.</summary>
internal static class AddressRules
{
    /// <summary>The bus topic's device is the envelope's thing. A topic that leaves the device out means the gateway, whoever that is.</summary>
    public static IEnumerable<Finding> SameThing(Signal signal)
    {
        if (signal.Bus is not { Device.Length: > 0 } bus || bus.Device == signal.Topic.ThingId.ToString() || IsErrorAboutNobody(signal))
            yield break;
        var thing = signal.Topic.ThingId;
        var tenantIsNamespace = bus.Tenant.Length > 0 && thing.Namespace == bus.Tenant;
        var lacksNamespace = bus.Device == thing.Name;
        if (tenantIsNamespace)
        {
            yield return new Finding(
                Rule.SameThing, Severity.Error, "/topic", "the namespace of the device id as first segment", $"the tenant '{bus.Tenant}'",
                "The first segment is what stands before the first ':' of the announced deviceId; the tenant never appears inside an envelope.");
        }

        if (lacksNamespace)
        {
            yield return new Finding(
                Rule.SameThing, Severity.Error, "topic", tenantIsNamespace ? $"'<namespace>:{thing.Name}'" : $"'{thing}'", $"'{bus.Device}'",
                "The whole device id, namespace included, belongs here.");
        }

        if (!tenantIsNamespace && !lacksNamespace)
        {
            yield return new Finding(
                Rule.SameThing, Severity.Error, "topic", $"the envelope's thing '{thing}'", $"'{bus.Device}'",
                "Address one thing: in the bus topic as <namespace>:<name>, in the envelope's topic as <namespace>/<name>.");
        }
    }

    /// <summary>A live message's subject is the same in topic, path and bus topic. The daemon looks at the path alone, Ditto at all of them.</summary>
    public static IEnumerable<Finding> SameSubject(Signal signal)
    {
        if (signal.Message is not { } message)
            yield break;
        if (message.Subject != signal.Topic.Action)
        {
            yield return new Finding(
                Rule.SameSubject, Severity.Error, "/path", $"the subject '{signal.Topic.Action}' of the envelope's topic", $"'{message.Subject}'",
                "Write the same subject at the end of topic and path; Ditto refuses this with 400, and the daemon does what the path says.");
        }

        if (signal.Bus is { Kind: DeviceTopicKind.CommandRequest } bus && bus.Subject != message.Subject)
        {
            yield return new Finding(
                Rule.SameSubject, Severity.Error, "topic", $"the subject '{message.Subject}' of the envelope's path", $"'{bus.Subject}'",
                "End the bus topic with the same subject.");
        }
    }

    /// <summary>What is wrong with a message that names no thing is said of <c>unknown:unknown</c> (<c>ditto.md</c> 1.7).</summary>
    private static bool IsErrorAboutNobody(Signal signal) =>
        signal.Topic is { Criterion: Criterion.Errors, ThingId: { Namespace: "unknown", Name: "unknown" } };
}
