using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>A feature may have been announced before the first message. So this is judged for one that was deleted, and for a thing that was seen to announce itself.</summary>
internal sealed class FeatureAnnouncedRule : ConversationRule
{
    public override string Id => Rule.FeatureAnnounced;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "A feature is announced as a whole before its properties are written, and not written after it was deleted.";

    public override string Hint => "Write the whole feature with its definition first: Ditto refuses to change what is not there.";

    public override string Source => "payloads.md 1.5; kanto-container-management.md 2.3; ditto.md 2";

    public override IReadOnlyList<ExampleMessage> Passing => [Announce, Announced("oci:container"), Present, Modify(State, Created)];

    public override IReadOnlyList<ExampleMessage> Failing => [Announce, Announced("oci:container"), Modify(State, Created)];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (!heard.IsStatement || heard.Signal is not { IsUplink: true, Features: [{ Below.Length: > 0 } part] } signal || signal.Topic.Action != "modify")
            return;
        var feature = heard.Thing.Features.Find(part.Id);
        if (feature is { IsDeleted: true })
            findings.Add(Found("/path", "nothing about a feature that was deleted", $"'{Words.Short(signal.Envelope.Path)}'"));
        else if (feature is not { IsAnnounced: true } && !heard.Thing.Features.HasForgotten && heard.Thing.Announcers.Contains(heard.Message.Who))
            findings.Add(Found("/path", $"the whole feature '{Words.Short(part.Id)}' before", $"'{Words.Short(signal.Envelope.Path)}'"));
    }

    private const string Created = """{"status":"CREATED","pid":-1}""";
}
