using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-16. Judged only after the feature was heard to announce an upload.</summary>
internal sealed class UploadIdRule : ConversationRule
{
    public override string Id => Rule.UploadId;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "An upload is started with a correlationId that a request event announced.";

    public override string Hint => "Take the correlationId of the request event; the device answers 404 to any other.";

    public override string Source => "payloads.md 8, SEM-16";

    public override IReadOnlyList<ExampleMessage> Passing => [Request("up-1#1"), Start("up-1#1")];

    public override IReadOnlyList<ExampleMessage> Failing => [Request("up-1#1"), Start("up-2#1")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Signal is not { IsCommand: true, Message: { FeatureId: { } feature, Subject: "start" } } signal || signal.Envelope.Value?.Text("correlationId"u8) is not { } id)
            return;
        if (heard.Thing.Features.Find(feature) is { Ids: { Count: > 0, HasForgotten: false } ids } && !ids.Contains(id))
            findings.Add(Found("/value/correlationId", $"one of {Words.Few(ids.All.Select(known => $"'{Words.Short(known.Key)}'"))}", $"'{Words.Short(id)}'"));
    }

    private static ExampleMessage Request(string id) => Outbox("AutoUploadable", "request", $$$"""{"correlationId":"{{{id}}}","options":{"file.path":"/var/log/a"}}""");

    private static ExampleMessage Start(string id) => Command(
        "AutoUploadable", "start", $$$"""{"correlationId":"{{{id}}}","options":{"storage.provider":"generic","https.url":"https://host/a"}}""");
}
