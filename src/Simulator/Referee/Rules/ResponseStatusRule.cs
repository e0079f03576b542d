using Leda.Harness.Protocol.Hono;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>A status makes a response of an envelope.</summary>
internal sealed class ResponseStatusRule : SignalRule
{
    public override string Id => Rule.ResponseStatus;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A response has a status, which the bus topic repeats; nothing else has one.";

    public override string Hint => "Write the same status at the end of the bus topic and in the envelope.";

    public override string Source => "kanto-container-management.md 2.5; ditto.md 1.1; connectors-and-leda.md 1.7";

    public override IReadOnlyList<ExampleMessage> Passing => [Answer(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Answer(Container, "stop") with { Topic = $"command//{Thing}/res/1/200" }];

    public override void Check(Signal signal, List<Finding> findings)
    {
        var status = signal.Envelope.Status;
        if (signal.Bus is { Kind: DeviceTopicKind.CommandResponse } answer && status != answer.Status)
            findings.Add(Found("/status", $"the status {answer.Status} of the bus topic", status?.ToString() ?? "nothing"));

        if (signal.IsLiveResponse && signal.Bus is { Kind: DeviceTopicKind.CommandRequest })
        {
            findings.Add(Found(
                "/status", "no status in a command", $"{status}",
                "Leave it out: a status makes a response of the command, and responses travel on command/…/res."));
        }

        if (!signal.IsUplink)
            return;
        if (signal.IsLiveResponse)
        {
            findings.Add(Found(
                "topic", "command//<device>/res/<request-id>/<status> for a response", $"'{signal.Bus}'",
                "Answer on the topic of the request with 'res' in place of 'req': here the connector cannot match it.", Severity.Warning));
        }
        else if (signal.Kind == "twin response")
        {
            findings.Add(Found(
                "/status", "no status in a command to the twin", $"{status}",
                "Leave it out: a status makes a response of the command, and the twin does not change."));
        }
    }
}
