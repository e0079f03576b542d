using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Simulator.Referee;

/// <summary>The headers of live messages, as container-management checks them (<c>kanto-container-management.md</c> 2.5, rows 4 and 5).</summary>
internal static class HeaderRules
{
    public static IEnumerable<Finding> CorrelationId(Signal signal)
    {
        if (IsCommand(signal) && signal.Envelope.Headers.Find("correlation-id") is null or { ValueKind: JsonValueKind.Null })
        {
            yield return new Finding(
                Rule.CorrelationId, Severity.Error, "/headers/correlation-id", "a correlation id", "nothing",
                "Add a unique one to each command: container-management answers 400 without it, and nobody can match the answer.");
        }
    }

    public static IEnumerable<Finding> ResponseRequired(Signal signal)
    {
        if (!IsCommand(signal))
            yield break;
        var canAnswer = signal.Bus is { RequestId.Length: > 0 };
        if (canAnswer && signal.Envelope.Headers.Find("response-required") is null)
        {
            yield return new Finding(
                Rule.ResponseRequired, Severity.Warning, "/headers/response-required", "true or false", "nothing",
                "Send \"response-required\": true to get an answer: Ditto takes its absence for true, container-management for false.");
        }

        if (!canAnswer && signal.Envelope.Headers.ResponseRequired == true)
        {
            yield return new Finding(
                Rule.ResponseRequired, Severity.Warning, "topic", "a request id, because an answer is wanted", "none",
                "Write command//<device>/req/<request-id>/<subject>, or ask for no answer: a command without request id is one-way.");
        }
    }

    /// <summary>For commands as the daemon checks it; for what a device sends, as Ditto reads it.</summary>
    public static IEnumerable<Finding> ContentType(Signal signal)
    {
        if (signal.Topic.Criterion != Criterion.Messages)
            yield break;
        var type = signal.Envelope.Headers.Find("content-type");
        if (IsCommand(signal) && signal.HasValue && signal.Envelope.Headers.ContentType != DittoHeaders.JsonContentType)
        {
            yield return new Finding(
                Rule.ContentType, Severity.Error, "/headers/content-type", "\"application/json\", because there is a value", type?.GetRawText() ?? "nothing",
                "Add \"content-type\": \"application/json\", without parameters: container-management answers 400 otherwise.");
        }

        if (IsCommand(signal) && !signal.HasValue && type is not null)
        {
            yield return new Finding(
                Rule.ContentType, Severity.Error, "/headers/content-type", "nothing, because there is no value", type.Value.GetRawText(),
                "Leave the header out, or send a value such as {}: container-management answers 400 otherwise.");
        }

        if (!signal.IsLiveRequest && signal.HasValue && type is null)
        {
            yield return new Finding(
                Rule.ContentType, Severity.Warning, "/headers/content-type", "the media type of the value", "nothing",
                "Add \"content-type\": \"application/json\": Ditto takes a value without it for base64.");
        }
    }

    private static bool IsCommand(Signal signal) => signal.IsLiveRequest && signal.Bus is { Kind: DeviceTopicKind.CommandRequest };
}
