using Leda.Harness.Simulator.Referee.Memory;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-13. Activities of which was spoken before the first desired state was seen are known; INCOMPLETE may have none.</summary>
internal sealed class ActivityRule : ConversationRule
{
    public override string Id => Rule.Activity;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "Feedback carries the activityId of a desired state that was asked for.";

    public override string Hint => "Repeat the activityId of the desired state in each feedback.";

    public override string Source => "payloads.md 10, (c), SEM-13";

    public override IReadOnlyList<ExampleMessage> Passing => [Desired("a-1"), Feedback("a-1")];

    public override IReadOnlyList<ExampleMessage> Failing => [Desired("a-1"), Feedback("a-2")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Update is not { Kind: UpdateNote.Feedback, ActivityId: { } activity } update || conversation.Domains.Find(update.Domain) is not { WasAsked: true } domain)
            return;
        var mayBeEmpty = activity.Length == 0 && update.Content?.Text("status"u8) == "INCOMPLETE";
        if (!mayBeEmpty && !domain.Activities.HasForgotten && !domain.Activities.Contains(activity))
        {
            var known = Words.Few(domain.Activities.All.Select(one => $"'{Words.Short(one.Key)}'"));
            findings.Add(Found($"{update.At}/activityId", $"one of {known}", $"'{Words.Short(activity)}'"));
        }
    }

    private static ExampleMessage Desired(string activity) => new(
        "containersupdate/desiredstate", $$$"""{"activityId":"{{{activity}}}","timestamp":1767225600000,"payload":{"domains":[{"id":"containers","config":[],"components":[]}]}}""");

    private static ExampleMessage Feedback(string activity) => new(
        "containersupdate/desiredstatefeedback", $$$"""{"activityId":"{{{activity}}}","timestamp":1767225600000,"payload":{"status":"IDENTIFYING"}}""");
}
