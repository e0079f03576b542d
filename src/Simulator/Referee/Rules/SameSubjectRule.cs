using Leda.Harness.Protocol.Hono;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-15. The daemon looks at the path alone, Ditto at all of them.</summary>
internal sealed class SameSubjectRule : SignalRule
{
    public override string Id => Rule.SameSubject;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "The subject of a live message is the same in the envelope's topic, in its path and in the bus topic.";

    public override string Hint => "End the bus topic with the same subject.";

    public override string Source => "payloads.md SEM-15; connectors-and-leda.md 0.3; ditto.md 3.1";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop") with { Topic = $"command//{Thing}/req/1/start" }];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (signal.Message is not { } message)
            return;
        if (message.Subject != signal.Topic.Action)
        {
            findings.Add(Found(
                "/path", $"the subject '{signal.Topic.Action}' of the envelope's topic", $"'{message.Subject}'",
                "Write the same subject at the end of topic and path; Ditto refuses this with 400, and the daemon does what the path says."));
        }

        if (signal.Bus is { Kind: DeviceTopicKind.CommandRequest } bus && bus.Subject != message.Subject)
            findings.Add(Found("topic", $"the subject '{message.Subject}' of the envelope's path", $"'{bus.Subject}'"));
    }
}
