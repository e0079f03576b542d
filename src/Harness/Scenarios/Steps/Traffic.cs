using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>What a scenario asks of an entry of the journal.</summary>
internal static class Traffic
{
    /// <summary>Published by the device.</summary>
    public static bool IsFromDevice(this JournalEntry entry) => Guid.TryParseExact(entry.Who, "D", out _);

    /// <summary>Published by the connector, on whichever of its two connections.</summary>
    public static bool IsFromConnector(this JournalEntry entry) => entry.Who is "connector" or "cloud";

    /// <summary>Published on a topic that the filter covers.</summary>
    public static bool IsPublishOn(this JournalEntry entry, string filter) =>
        entry.Kind == JournalKind.Publish && TopicFilter.Parse(filter).Matches(entry.Topic);

    /// <summary>The envelope of a publish or of a twin's signal, or <see langword="null"/>.</summary>
    public static Envelope? Envelope(this JournalEntry entry) =>
        Protocol.Ditto.Envelope.TryParse(entry.Payload.Span, out var envelope, out _) ? envelope : null;

    /// <summary>The envelope, if the device published a twin command with that action; else <see langword="null"/>.</summary>
    public static Envelope? TwinCommand(this JournalEntry entry, string action) =>
        entry.Kind == JournalKind.Publish && entry.IsFromDevice() && entry.Envelope() is { } envelope
        && envelope.Topic.EndsWith($"/things/twin/commands/{action}", StringComparison.Ordinal)
            ? envelope
            : null;

    /// <summary>The id of the feature that the device registered whole, or <see langword="null"/>.</summary>
    public static string? RegisteredFeature(this JournalEntry entry) =>
        entry.TwinCommand("modify") is { } envelope && ResourcePath.TryParse(envelope.Path, out var path, out _)
        && path is { Kind: ResourceKind.Feature, Pointer.IsRoot: true }
            ? path.FeatureId
            : null;

    /// <summary>The state that the device reports of a container, whole feature or state alone, or <see langword="null"/>.</summary>
    public static string? StateOf(this JournalEntry entry, string containerId) => entry.TwinCommand("modify") switch
    {
        null => null,
        var e when e.Path == $"/features/{ContainerFeature.Id(containerId)}/properties/status/state" => Text(e.Value, "status"),
        var e when e.Path == $"/features/{ContainerFeature.Id(containerId)}" => Text(e.Value, "properties", "status", "state", "status"),
        _ => null,
    };

    /// <summary>A text further down in a JSON value, or <see langword="null"/>.</summary>
    public static string? Text(JsonElement? value, params ReadOnlySpan<string> way)
    {
        foreach (var key in way)
            value = value is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(key, out var next) ? next : null;
        return value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }
}
