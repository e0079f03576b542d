using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>The connector looks at the correlation id, Hono at the request id.</summary>
internal sealed class ResponseMatchRule : ConversationRule
{
    public override string Id => Rule.ResponseMatch;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "The request id in the topic of a response and the correlation-id in its envelope are those of one command.";

    public override string Hint => "Repeat both as the command had them: the connector drops a response with another correlation-id, Hono one with another request id.";

    public override string Source => "connectors-and-leda.md 1.7 and 7.4";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop"), Answer(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop"), Answer(Container, "stop", correlation: "c-2")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Answer is not { } answer)
            return;
        if (conversation.Asked(answer) is { } asked)
        {
            if (asked.CorrelationId is { } id && id != answer.Envelope.Headers.CorrelationId)
                findings.Add(Found("/headers/correlation-id", $"'{Words.Short(id)}', as in the command", answer.Envelope.Headers.CorrelationId is { } other ? $"'{Words.Short(other)}'" : "nothing"));
        }
        else if (conversation.AskedAs(answer) is { RequestId.Length: > 0 } other && answer.Bus is { RequestId.Length: > 0 } bus)
        {
            findings.Add(other.RequestId == bus.RequestId
                ? Found("topic", $"the thing that was asked, '{other.Thing}'", $"'{answer.Topic.ThingId}'", "Answer for the thing that the command was sent to.")
                : Found("topic", $"the request id '{Words.Short(other.RequestId)}' of the command", $"'{Words.Short(bus.RequestId)}'"));
        }
    }
}
