using Leda.Harness.Protocol.Ditto;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>A refusal repeats the path of the refused command, whatever it is.</summary>
internal sealed class EnvelopePathRule : SignalRule
{
    public override string Id => Rule.EnvelopePath;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "The path of an envelope fits its topic: a part of a thing, or the path of a message.";

    public override string Hint => "Ditto answers 400 to this path.";

    public override string Source => "ditto.md 1.3 and 3.1";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing =>
        [Command(Container, "stop") with { Payload = Command(Container, "stop").Payload.Replace("/inbox/", "/box/", StringComparison.Ordinal) }];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (signal.Message is not null || signal.Resource is not null)
            return;
        string? problem;
        _ = signal.Topic.Criterion == Criterion.Messages
            ? MessagePath.TryParse(signal.Envelope.Path, out _, out problem)
            : ResourcePath.TryParse(signal.Envelope.Path, out _, out problem);
        var isEcho = signal.IsLiveResponse && signal.Envelope.Status == 400;
        findings.Add(isEcho
            ? Found("/path", "a path that fits the topic", problem!, "The refused command had this path; the refusal repeats it, as Kanto does.", Severity.Warning)
            : Found("/path", "a path that fits the topic", problem!));
    }
}
