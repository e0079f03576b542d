using Leda.Harness.Simulator.Referee.Memory;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-14.</summary>
internal sealed class AssociationsRule : ConversationRule
{
    public override string Id => Rule.Associations;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "The associations of an inventory join nodes that it lists.";

    public override string Hint => "List the node, or leave the association out.";

    public override string Source => "payloads.md 10, SEM-14";

    public override IReadOnlyList<ExampleMessage> Passing => [Inventory("agent", "app")];

    public override IReadOnlyList<ExampleMessage> Failing => [Inventory("agent", "other")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Update is not { Kind: UpdateNote.CurrentState, Content: { } inventory } update)
            return;
        var nodes = new HashSet<string>();
        foreach (var node in inventory.Items("hardwareNodes"u8).Concat(inventory.Items("softwareNodes"u8)))
            nodes.Add(node.Text("id"u8) ?? "");
        foreach (var (i, association) in inventory.Items("associations"u8).Index())
        {
            foreach (var end in (ReadOnlySpan<string>)["sourceId", "targetId"])
            {
                if (association.Text(end) is { } id && !nodes.Contains(id))
                    findings.Add(Found($"{update.ContentAt}/associations/{i}/{end}", "the id of a node", $"'{Words.Short(id)}'"));
            }
        }
    }

    private static ExampleMessage Inventory(string source, string target) => new(
        "containersupdate/currentstate",
        $$$"""{"activityId":"a-1","timestamp":1767225600000,"payload":{"softwareNodes":[{"id":"agent","version":"1","type":"APPLICATION"},{"id":"app","version":"1","type":"CONTAINER"}],"associations":[{"sourceId":"{{{source}}}","targetId":"{{{target}}}"}]}}""");
}
