using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>An empty request id alone is a warning: agents with the Ditto client for Go are known to answer then (<c>connectors-and-leda.md</c> 0.3).</summary>
internal sealed class ResponseOneWayRule : ConversationRule
{
    public override string Id => Rule.ResponseOneWay;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A command that wants no answer gets none.";

    public override string Hint => "Do not answer when response-required is false or the request id is empty.";

    public override string Source => "connectors-and-leda.md 0.3 and 1.10";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop"), Answer(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop") with { Payload = Command(Container, "stop").Payload.Replace("true", "false", StringComparison.Ordinal) }, Answer(Container, "stop")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Answer is not { } answer)
            return;
        if ((conversation.Asked(answer) ?? conversation.AskedAs(answer))?.ResponseRequired == false)
            findings.Add(Found("", "no response, because response-required was false", $"status {answer.Envelope.Status}"));
        else if (answer.Bus is { RequestId.Length: 0 })
            findings.Add(Found("topic", "no response, because there is no request id", $"status {answer.Envelope.Status}", severity: Severity.Warning));
    }
}
