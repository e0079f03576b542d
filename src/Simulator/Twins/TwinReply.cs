using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>The answers to twin commands as envelopes (<c>ditto.md</c> 2.2 and 2.10).</summary>
internal static class TwinReply
{
    /// <summary>The response to a command, or the error.</summary>
    public static Envelope Of(TwinCommand command, TwinOutcome outcome) => outcome.Error is { } error
        ? Refusal(command, error)
        : new Envelope
        {
            Topic = Topic(command, outcome).ToString(),
            Headers = Headers(command, outcome),
            Path = command.Path.ToString(),
            Value = outcome.Value,
            Status = outcome.Status,
        };

    /// <summary>A command that is not executed.</summary>
    public static Envelope Refusal(TwinCommand command, DittoError error) =>
        error.ToEnvelope(new TopicPath(command.Thing, TopicPath.TwinChannel, Criterion.Errors, ""), command.Headers.CorrelationId);

    private static TopicPath Topic(TwinCommand command, TwinOutcome outcome) =>
        command is { Action: "modify", Path.Kind: ResourceKind.Thing } && outcome.Status == 201
            ? TopicPath.TwinCommand(command.Thing, "create")
            : command.Topic;

    private static DittoHeaders Headers(TwinCommand command, TwinOutcome outcome)
    {
        var headers = new List<KeyValuePair<string, JsonElement>>(6);
        if (command.Headers.CorrelationId is { } id)
            headers.Add(new("correlation-id", JsonText.String(id)));
        headers.Add(new("ditto-originator", JsonText.String(command.Caller.DefaultSubject)));
        headers.Add(new("response-required", JsonText.Boolean(false)));
        if (command.Action == "merge")
            headers.Add(new("content-type", JsonText.String(DittoHeaders.MergePatchContentType)));
        else if (outcome.Value is not null)
            headers.Add(new("content-type", JsonText.String(DittoHeaders.JsonContentType)));
        if (outcome.ETag is { } tag)
            headers.Add(new("etag", JsonText.String(tag)));
        if (outcome.Revision is { } revision)
            headers.Add(new("entity-revision", JsonText.Build(writer => writer.WriteNumberValue(revision))));
        if (outcome.Metadata is { } metadata)
            headers.Add(new(MetadataHeaders.Answer, metadata));
        return DittoHeaders.From(headers);
    }
}
