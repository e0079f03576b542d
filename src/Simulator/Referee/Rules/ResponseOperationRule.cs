using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>Inbox or outbox is another rule's matter.</summary>
internal sealed class ResponseOperationRule : ConversationRule
{
    public override string Id => Rule.ResponseOperation;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A response has the feature and the subject of the command that it answers.";

    public override string Hint => "Take both from the command's path.";

    public override string Source => "kanto-container-management.md 2.5; ditto.md 3.1";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop"), Answer(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop"), Answer(Container, "start")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Answer is not { Message: { } said } answer || (conversation.Asked(answer) ?? conversation.AskedAs(answer))?.Path is not { } asked)
            return;
        if ((said.FeatureId, said.Subject) != (asked.FeatureId, asked.Subject))
            findings.Add(Found("/path", $"'{asked.ToOutbox()}'", $"'{Words.Short(said.ToString())}'"));
    }
}
