using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.WebSockets;

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
        error.ToEnvelope(SocketErrors.Topic(command.Thing), command.Headers.CorrelationId);

    /// <summary>The answer to a retrieve of several things: those that there are, in the order in which they were asked for.</summary>
    /// <param name="command">The retrieve.</param>
    /// <param name="things">The ids that were asked for.</param>
    /// <param name="values">What was found.</param>
    public static Envelope Several(TwinCommand command, IReadOnlyList<ThingId> things, IEnumerable<JsonElement> values)
    {
        var isOne = things.Count > 0 && things.All(t => t.Namespace == things[0].Namespace);
        return new Envelope
        {
            Topic = $"{(isOne ? things[0].Namespace : command.Thing.Namespace)}/_/things/twin/commands/retrieve",
            Headers = DittoHeaders.Of(command.Headers.CorrelationId, false, DittoHeaders.JsonContentType),
            Path = "/",
            Value = JsonText.Build(writer =>
            {
                writer.WriteStartArray();
                foreach (var value in values)
                    value.WriteTo(writer);
                writer.WriteEndArray();
            }),
            Status = 200,
        };
    }

    private static TopicPath Topic(TwinCommand command, TwinOutcome outcome) =>
        command is { Action: "modify", Path.Kind: ResourceKind.Thing } && outcome.Status == 201
            ? TopicPath.TwinCommand(command.Thing, "create")
            : command.Topic;

    private static DittoHeaders Headers(TwinCommand command, TwinOutcome outcome)
    {
        var headers = new List<KeyValuePair<string, JsonElement>>(6)
        {
            new("correlation-id", JsonText.String(command.Headers.CorrelationId ?? "")),
            new("ditto-originator", JsonText.String(command.Caller.DefaultSubject)),
            new("response-required", JsonText.Boolean(false)),
        };
        if (command.Action == "merge")
            headers.Add(new("content-type", JsonText.String(DittoHeaders.MergePatchContentType)));
        else if (outcome.Value is not null)
            headers.Add(new("content-type", JsonText.String(DittoHeaders.JsonContentType)));
        if (outcome.ETag is { } tag)
            headers.Add(new("etag", JsonText.String(tag)));
        if (outcome.Revision is { } revision)
            headers.Add(new("entity-revision", JsonText.Build(writer => writer.WriteNumberValue(revision))));
        return DittoHeaders.From(headers);
    }
}
