using Leda.Harness.Conformance;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Reports;

/// <summary>A message in a few words, for a diagram.</summary>
internal static class MessageLabel
{
    /// <summary>The words.</summary>
    public static string Of(JournalEntry entry) => Short(entry.Kind switch
    {
        JournalKind.Publish => OfMessage(new DeviceMessage(entry)),
        JournalKind.Connect => "connects",
        JournalKind.Disconnect => "leaves",
        JournalKind.Subscribe => $"subscribes to {entry.Topic}",
        JournalKind.Unsubscribe => $"unsubscribes from {entry.Topic}",
        _ => entry.Kind.ToString(),
    });

    private static string OfMessage(DeviceMessage message)
    {
        if (message.Entry.Topic == EdgeTopics.ThingRequest)
            return "who am I?";
        if (message.Entry.Topic == EdgeTopics.ThingResponse)
            return GatewayIdentity.TryParse(message.Entry.Payload.Span, out var identity, out _)
                ? $"you are {identity.DeviceId} of {identity.TenantId}{(identity.PolicyId is { } policy ? $", policy {policy}" : "")}"
                : "an announcement that cannot be read";
        if (message.Topic is { Kind: DeviceTopicKind.CommandResponse } answer)
            return $"{answer.Status} {Json.Text(message.Value, "error") ?? (message.Value is null ? "" : Json.Show(message.Value))}".Trim();
        if (message.Topic is { Kind: DeviceTopicKind.CommandRequest } command)
            return $"{command.Subject}{(message.Feature is null ? "" : $" → {Feature(message)}")}";
        if (message.IsDelete)
            return $"delete {Feature(message)}";
        if (message.IsWhole)
            return $"{Feature(message)}{(message.StateWord is { } state ? $" {state}" : "")}";
        var word = message.StateWord ?? Json.Text(message.Operation, "status");
        var part = message.Rest[(message.Rest.LastIndexOf('/') + 1)..];
        return message.Feature is null ? message.Envelope?.Path ?? $"{message.Entry.Payload.Length} bytes that are no envelope" : $"{Feature(message)} {part}{(word is null ? "" : $" {word}")}";
    }

    /// <summary>A container's id is told by its first letters.</summary>
    private static string Feature(DeviceMessage message) =>
        message.Container is { Length: > 12 } id ? $"Container:{id[..8]}…" : message.Feature ?? "";

    private static string Short(string text) => text.Length <= 72 ? text : $"{text.AsSpan(0, 71)}…";
}
