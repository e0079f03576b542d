using Leda.Harness.Protocol.Ditto;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>For commands as the daemon checks it (<c>kanto-container-management.md</c> 2.5, row 5); for what a device sends, as Ditto reads it.</summary>
internal sealed class ContentTypeRule : SignalRule
{
    public override string Id => Rule.ContentType;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A live message has the content type application/json exactly when it has a value.";

    public override string Hint => "Add \"content-type\": \"application/json\", without parameters: container-management answers 400 otherwise.";

    public override string Source => "kanto-container-management.md 2.5; connectors-and-leda.md 1.10";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "remove", "true")];

    public override IReadOnlyList<ExampleMessage> Failing =>
        [Command(Container, "remove", "true") with { Payload = Command(Container, "remove", "true").Payload.Replace(",\"content-type\":\"application/json\"", "", StringComparison.Ordinal) }];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (signal.Topic.Criterion != Criterion.Messages)
            return;
        var type = signal.Envelope.Headers.Find("content-type");
        if (signal.IsCommand && signal.HasValue && signal.Envelope.Headers.ContentType != DittoHeaders.JsonContentType)
            findings.Add(Found("/headers/content-type", "\"application/json\", because there is a value", type?.GetRawText() ?? "nothing"));

        if (signal.IsCommand && !signal.HasValue && type is not null)
        {
            findings.Add(Found(
                "/headers/content-type", "nothing, because there is no value", type.Value.GetRawText(),
                "Leave the header out, or send a value such as {}: container-management answers 400 otherwise."));
        }

        if (!signal.IsLiveRequest && signal.HasValue && type is null)
        {
            findings.Add(Found(
                "/headers/content-type", "the media type of the value", "nothing",
                "Add \"content-type\": \"application/json\": Ditto takes a value without it for base64.", Severity.Warning));
        }
    }
}
