using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Conformance;

/// <summary>
/// A message of the device, read as leniently as it can be: requirements find it in spite of its faults, and exactly one of them is to name each.
/// </summary>
internal sealed class DeviceMessage
{
    private const string Features = "/features/";

    /// <summary>Reads an entry.</summary>
    public DeviceMessage(JournalEntry entry)
    {
        Entry = entry;
        Topic = DeviceTopic.TryParse(entry.Topic, out var topic, out _) ? topic : null;
        Envelope = Protocol.Ditto.Envelope.TryParse(entry.Payload.Span, out var envelope, out _) ? envelope : null;
        if (Envelope is null || !Envelope.Path.StartsWith(Features, StringComparison.Ordinal))
            return;
        var end = Envelope.Path.IndexOf('/', Features.Length);
        Feature = end < 0 ? Envelope.Path[Features.Length..] : Envelope.Path[Features.Length..end];
        Rest = end < 0 ? "" : Envelope.Path[end..];
    }

    /// <summary>Where it stands in the record.</summary>
    public JournalEntry Entry { get; }

    /// <summary>The bus topic, if it can be read.</summary>
    public DeviceTopic? Topic { get; }

    /// <summary>The envelope, if it is one.</summary>
    public Envelope? Envelope { get; }

    /// <summary>The feature that its path names.</summary>
    public string? Feature { get; }

    /// <summary>The path below the feature; empty for the feature as a whole.</summary>
    public string Rest { get; } = "";

    /// <summary>The value.</summary>
    public JsonElement? Value => Envelope?.Value;

    /// <summary>Whether it is an answer to a command.</summary>
    public bool IsAnswer => Topic is { Kind: DeviceTopicKind.CommandResponse } || Envelope?.Status is not null;

    /// <summary>Whether it changes the twin.</summary>
    public bool IsTwinCommand => Envelope?.Topic.Contains("/twin/commands/", StringComparison.Ordinal) == true;

    /// <summary>Whether it puts a whole feature.</summary>
    public bool IsWhole => Is("modify") && Feature is not null && Rest.Length == 0;

    /// <summary>Whether it removes a whole feature.</summary>
    public bool IsDelete => Is("delete") && Feature is not null && Rest.Length == 0;

    /// <summary>Whether it carries measurements.</summary>
    public bool IsMetrics => Envelope is { Path: "/features/Metrics/outbox/messages/data" };

    /// <summary>The container whose feature it is about.</summary>
    public string? Container => Feature is null ? null : Protocol.Kanto.ContainerFeature.ContainerOf(Feature);

    /// <summary>A container's state: alone, or within its feature.</summary>
    public JsonElement? State => (Container, Rest) switch
    {
        (not null, "/properties/status/state") => Value,
        (not null, "") => Json.At(Value, "properties", "status", "state"),
        _ => null,
    };

    /// <summary>A container's state in one word, as it was spelled.</summary>
    public string? StateWord => Json.Text(State, "status");

    /// <summary>The status of a software operation: <c>lastOperation</c> or <c>lastFailedOperation</c>.</summary>
    public JsonElement? Operation => Feature == "SoftwareUpdatable" && Rest is "/properties/status/lastOperation" or "/properties/status/lastFailedOperation" ? Value : null;

    /// <summary>Whether it tells how an operation failed.</summary>
    public bool IsFailure => Rest == "/properties/status/lastFailedOperation";

    /// <summary>Whether it says which software is there; see <see cref="Dependencies"/>.</summary>
    public bool IsInventory => Feature == "SoftwareUpdatable" && (Rest == "/properties/status/installedDependencies" || IsWhole);

    /// <summary>The software that is there.</summary>
    public JsonElement? Dependencies => IsWhole ? Json.At(Value, "properties", "status", "installedDependencies") : Value;

    /// <summary>Whether it says that a container is in a state; letters may be small.</summary>
    public bool IsState(string container, string state) =>
        Container == container && Rest.Length > 0 && string.Equals(StateWord, state, StringComparison.OrdinalIgnoreCase);

    private bool Is(string action) => IsTwinCommand && Envelope!.Topic.EndsWith($"/commands/{action}", StringComparison.Ordinal);
}
