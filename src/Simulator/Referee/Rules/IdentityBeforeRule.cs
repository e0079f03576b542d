using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>Only who was seen to ask can be told not to know; where senders are not known, this is a warning.</summary>
internal sealed class IdentityBeforeRule : ConversationRule
{
    public override string Id => Rule.IdentityBefore;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "Nobody writes to a twin between asking for the identity and hearing it.";

    public override string Hint => "Wait for edge/thing/response: the thing may be another one than before.";

    public override string Source => "connectors-and-leda.md 0.2 and 1.2";

    public override IReadOnlyList<ExampleMessage> Passing => [Ask with { Who = "agent" }, Announce, Announced("oci:container") with { Who = "agent" }];

    public override IReadOnlyList<ExampleMessage> Failing => [Ask with { Who = "agent" }, Announced("oci:container") with { Who = "agent" }];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Signal is not { IsUplink: true } signal || !conversation.Asking.TryFind(heard.Message.Who, out var after) || after != conversation.Announcements)
            return;
        var isNobody = heard.Message.Who.Length == 0;
        if (!heard.Thing.HasSpoken && !conversation.Speakers.Contains(heard.Message.Who) && !(isNobody && conversation.Announcements > 0))
            findings.Add(Found("topic", "nothing before edge/thing/response", $"'{signal.Bus}'", severity: isNobody ? Severity.Warning : null));
    }
}
