using Leda.Harness.Protocol.Ditto;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>What was refused before it was executed keeps the path of the request.</summary>
internal sealed class ResponsePathRule : SignalRule
{
    public override string Id => Rule.ResponsePath;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "An executed operation is answered on the path of the request with outbox in place of inbox.";

    public override string Hint => "Answer an executed operation with outbox in place of inbox, as Kanto does; Ditto's Java client keeps inbox.";

    public override string Source => "payloads.md 1.5; kanto-container-management.md 2.5";

    public override IReadOnlyList<ExampleMessage> Passing => [Answer(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing =>
        [Answer(Container, "stop") with { Payload = Answer(Container, "stop").Payload.Replace("outbox", "inbox", StringComparison.Ordinal) }];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (signal is { IsLiveResponse: true, Message: { Direction: MessageDirection.Inbox } path } && signal.Envelope.Status is not (400 or 404))
            findings.Add(Found("/path", $"'{path.ToOutbox()}'", $"'{path}'"));
    }
}
