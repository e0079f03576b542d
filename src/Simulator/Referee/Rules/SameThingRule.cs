using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-15. A topic that leaves the device out means the gateway, whoever that is.</summary>
internal sealed class SameThingRule : SignalRule
{
    public override string Id => Rule.SameThing;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "The device of the bus topic is the thing of the envelope.";

    public override string Hint => "Address one thing: in the bus topic as <namespace>:<name>, in the envelope's topic as <namespace>/<name>.";

    public override string Source => "payloads.md SEM-15, disagreement register 1 and 2; connectors-and-leda.md 0.3";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop") with { Topic = "command//acme:gw-2:edge:containers/req/1/stop" }];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (signal.Bus is not { Device.Length: > 0 } bus || IsSame(bus.Device, signal) || signal.IsErrorAboutNobody)
            return;
        var thing = signal.Topic.ThingId;
        var tenantIsNamespace = bus.Tenant.Length > 0 && thing.Namespace == bus.Tenant;
        var lacksNamespace = bus.Device == thing.Name;
        if (tenantIsNamespace)
        {
            findings.Add(Found(
                "/topic", "the namespace of the device id as first segment", $"the tenant '{bus.Tenant}'",
                "The first segment is what stands before the first ':' of the announced deviceId; the tenant never appears inside an envelope."));
        }

        if (lacksNamespace)
        {
            findings.Add(Found(
                "topic", tenantIsNamespace ? $"'<namespace>:{thing.Name}'" : $"'{thing}'", $"'{bus.Device}'",
                "The whole device id, namespace included, belongs here."));
        }

        if (!tenantIsNamespace && !lacksNamespace)
            findings.Add(Found("topic", $"the envelope's thing '{thing}'", $"'{bus.Device}'"));
    }

    private static bool IsSame(string device, Signal signal)
    {
        var (@namespace, name) = (signal.Topic.ThingId.Namespace, signal.Topic.ThingId.Name);
        return device.Length == @namespace.Length + 1 + name.Length
            && device[@namespace.Length] == ':'
            && device.StartsWith(@namespace, StringComparison.Ordinal)
            && device.EndsWith(name, StringComparison.Ordinal);
    }
}
