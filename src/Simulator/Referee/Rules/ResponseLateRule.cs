using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>The connector waits 5 seconds longer than the sender; a time-out of zero means that nobody waits (<c>connectors-and-leda.md</c> 1.6).</summary>
internal sealed class ResponseLateRule : ConversationRule
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    public override string Id => Rule.ResponseLate;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "A response comes within the time-out of its command.";

    public override string Hint => "Answer sooner, or have the sender wait longer: the header timeout, 60 seconds by default.";

    public override string Source => "connectors-and-leda.md 1.6 and 1.7";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop"), Answer(Container, "stop") with { After = TimeSpan.FromSeconds(64) }];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop"), Answer(Container, "stop") with { After = TimeSpan.FromSeconds(66) }];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (!heard.HasInstant || heard.Answer is not { } answer || (conversation.Asked(answer) ?? conversation.AskedAs(answer)) is not { } asked)
            return;
        var took = heard.Message.At - asked.At;
        if (asked.Timeout > TimeSpan.Zero && took > asked.Timeout + _grace)
            findings.Add(Found("", $"a response within {asked.Timeout.TotalSeconds:0.###} s", $"{took.TotalSeconds:0.###} s later"));
    }
}
