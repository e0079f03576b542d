using System.Globalization;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Messages;

/// <summary>The headers with which a message or live command is delivered (<c>ditto.md</c> 3.2).</summary>
public static class LiveHeaders
{
    private const string Response = "live-response";
    private const string Requested = "requested-acks";

    /// <summary>The headers of a message: those of a command, and what the topic and the path say.</summary>
    /// <param name="given">What the sender says, transport headers taken away. A correlation id is there.</param>
    /// <param name="originator">Who sends it.</param>
    /// <param name="timeout">How long an answer can take; zero if none is wanted.</param>
    /// <param name="wanted">Whether an answer is wanted.</param>
    /// <param name="thing">The thing.</param>
    /// <param name="path">The message's path.</param>
    public static DittoHeaders OfMessage(
        DittoHeaders given, string originator, TimeSpan timeout, bool wanted, ThingId thing, MessagePath path)
    {
        var headers = Of(given, originator, timeout, wanted)
            .With("ditto-message-subject", JsonText.String(path.Subject))
            .With("ditto-message-direction", JsonText.String(path.Direction == MessageDirection.Inbox ? "TO" : "FROM"))
            .With("ditto-message-thing-id", JsonText.String(thing.ToString()));
        return path.FeatureId is { } feature ? headers.With("ditto-message-feature-id", JsonText.String(feature)) : headers;
    }

    /// <summary>The headers of a live command.</summary>
    /// <param name="given">What the sender says, transport headers taken away. A correlation id is there.</param>
    /// <param name="originator">Who sends it.</param>
    /// <param name="timeout">How long an answer can take; zero if none is wanted.</param>
    /// <param name="wanted">Whether an answer is wanted.</param>
    public static DittoHeaders Of(DittoHeaders given, string originator, TimeSpan timeout, bool wanted) => given
        .With("channel", JsonText.String(TopicPath.LiveChannel))
        .With("timeout", JsonText.String(ToText(timeout)))
        .With("response-required", JsonText.Boolean(wanted))
        .With(Requested, Acks(given, wanted))
        .With("ditto-originator", JsonText.String(originator));

    /// <summary>Whole seconds without a unit.</summary>
    private static string ToText(TimeSpan timeout) => timeout.Ticks % TimeSpan.TicksPerSecond == 0
        ? timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(long)timeout.TotalMilliseconds}ms");

    private static JsonElement Acks(DittoHeaders given, bool wanted) => JsonText.Build(writer =>
    {
        writer.WriteStartArray();
        if (wanted)
            writer.WriteStringValue(Response);
        if (given.Find(Requested) is { ValueKind: JsonValueKind.Array } labels)
        {
            foreach (var label in labels.EnumerateArray().Where(l => l.ValueKind == JsonValueKind.String && !l.ValueEquals(Response)))
                label.WriteTo(writer);
        }

        writer.WriteEndArray();
    });
}
