using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>Judged for events without a bus topic, which come from one twin in one order; a deleted thing begins anew.</summary>
internal sealed class RevisionRule : ConversationRule
{
    public override string Id => Rule.Revision;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "The revisions of the events of a thing grow.";

    public override string Hint => "Keep the order in which the twin changed: whoever follows it by its events ends with another state otherwise.";

    public override string Source => "ditto.md 1.1 and 2";

    public override IReadOnlyList<ExampleMessage> Passing => [Event(State, Created, 3), Event(State, Created, 4)];

    public override IReadOnlyList<ExampleMessage> Failing => [Event(State, Created, 4), Event(State, Created, 3)];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Signal is { Kind: "twin event", Bus: null, Envelope.Revision: { } revision } && heard.Thing.Revision > revision)
            findings.Add(Found("/revision", $"{heard.Thing.Revision} or more", $"{revision}"));
    }

    private const string Created = """{"status":"CREATED","pid":-1}""";
}
