using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>Judged only when a command to this thing was seen: the command may lie before the first message.</summary>
internal sealed class ResponseUnaskedRule : ConversationRule
{
    public override string Id => Rule.ResponseUnasked;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "A response answers a command.";

    public override string Hint => "Answer what was asked, with its ids; nobody waits for this one.";

    public override string Source => "connectors-and-leda.md 1.7";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop"), Answer(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop"), Answer(Container, "stop"), Answer(Container, "stop", id: "2")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Answer is not { Bus: { RequestId.Length: > 0 } bus } answer || conversation.Requests.HasForgotten)
            return;
        if (conversation.Asked(answer) is null && conversation.AskedAs(answer) is null && heard.Thing.WasAsked)
            findings.Add(Found("topic", "the request id of a command that was seen", $"'{Words.Short(bus.RequestId)}'"));
    }
}
