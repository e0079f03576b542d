using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>Where bus topic and envelope differ, SEM-15 speaks.</summary>
internal sealed class IdentityTenantRule : ConversationRule
{
    public override string Id => Rule.IdentityTenant;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "The namespace of a thing is that of the announced deviceId, not the tenant.";

    public override string Hint => "Write what stands before the first ':' of the announced deviceId; the tenant belongs into the bus topic alone.";

    public override string Source => "connectors-and-leda.md 0.3 and 6.3; disagreement register 2";

    public override IReadOnlyList<ExampleMessage> Passing => [Announce, Announced("oci:container")];

    public override IReadOnlyList<ExampleMessage> Failing => [Announce, Wrong];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Signal is not { } signal || conversation.Identity is not { DeviceId: var device, TenantId: { Length: > 0 } tenant })
            return;
        var thing = signal.Topic.ThingId;
        if (thing.Namespace != tenant || device.StartsWith(tenant + ":", StringComparison.Ordinal) || (signal.Bus is { Device.Length: > 0 } bus && bus.Device != thing.ToString()))
            return;
        var name = device[(device.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (thing.Name == name || thing.Name.StartsWith(name + ":", StringComparison.Ordinal))
            findings.Add(Found("/topic", $"the namespace of '{device}' as first segment", $"the tenant '{tenant}'"));
    }

    private static ExampleMessage Wrong { get; } = new(
        "e/tnt/tnt:gw-1:edge:containers", Announced("oci:container").Payload.Replace("acme/", "tnt/", StringComparison.Ordinal));
}
