using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>The first response is forwarded, every other one vanishes (<c>connectors-and-leda.md</c> 1.7).</summary>
internal sealed class ResponseOnceRule : ConversationRule
{
    public override string Id => Rule.ResponseOnce;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A command is answered once.";

    public override string Hint => "Send one response for each command: the connector drops the second one.";

    public override string Source => "connectors-and-leda.md 1.7";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop"), Answer(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop"), Answer(Container, "stop"), Answer(Container, "stop")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Answer is { } answer && (conversation.Asked(answer) ?? conversation.AskedAs(answer)) is { } asked && asked.Answered >= asked.Asked)
            findings.Add(Found("", "one response", $"response number {asked.Answered + 1}"));
    }
}
