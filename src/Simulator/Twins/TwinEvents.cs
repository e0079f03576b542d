using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>How Ditto tells of a change (<c>ditto.md</c> 2.2 and 2.10).</summary>
internal static class TwinEvents
{
    public static Envelope Of(TopicPath topic, TwinCommand command, TwinPlan plan, long revision, DateTimeOffset at, string correlationId) => new()
    {
        Topic = topic.ToString(),
        Headers = Headers(command, DittoHeaders.Of(correlationId, false, ContentType(plan))),
        Path = command.Path.ToString(),
        Value = plan.Value,
        Revision = revision,
        Timestamp = Instant.ToText(at),
        Metadata = plan.Metadata,
    };

    /// <summary>The originator, and the requested acknowledgements that subscribers are to give (<c>ditto.md</c> 5.4).</summary>
    private static DittoHeaders Headers(TwinCommand command, DittoHeaders headers)
    {
        headers = headers.With("ditto-originator", JsonText.String(command.Caller.DefaultSubject));
        return AckLabels.RequestedBy(command.Headers) is { } labels
            ? headers.With(AckLabels.Requested, AckLabels.ToJson(labels.Where(l => !AckLabels.IsBuiltIn(l))))
            : headers;
    }

    private static string? ContentType(TwinPlan plan) => plan switch
    {
        { Value: null } => null,
        { Event: "merged" } => DittoHeaders.MergePatchContentType,
        _ => DittoHeaders.JsonContentType,
    };
}
