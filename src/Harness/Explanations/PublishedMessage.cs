using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>A published message, as far as it can be read.</summary>
/// <param name="Entry">Where it stands in the journal.</param>
/// <param name="Bus">Its bus topic, if it is one between a device and the cloud.</param>
/// <param name="Envelope">Its envelope, if it is one.</param>
internal sealed record PublishedMessage(JournalEntry Entry, DeviceTopic? Bus, Envelope? Envelope)
{
    /// <summary>Reads an entry; <see langword="null"/> if it is no published message.</summary>
    public static PublishedMessage? Of(JournalEntry entry) => entry.Kind != JournalKind.Publish ? null : new PublishedMessage(
        entry,
        DeviceTopic.TryParse(entry.Topic, out var bus, out _) ? bus : null,
        Envelope.TryParse(entry.Payload.Span, out var envelope, out _) ? envelope : null);

    /// <summary>The topic of the envelope.</summary>
    public TopicPath? Topic => TopicPath.TryParse(Envelope?.Topic, out var topic, out _) ? topic : null;

    /// <summary>The thing that the envelope is about.</summary>
    public ThingId? ThingId => Topic?.ThingId;

    /// <summary>The part of a thing that the envelope is about.</summary>
    public ResourcePath? Path => Topic is { Criterion: Criterion.Commands } && ResourcePath.TryParse(Envelope!.Path, out var path, out _) ? path : null;

    /// <summary>The feature that the envelope is about, whatever it says of it.</summary>
    public string? Feature => Path?.FeatureId ?? (MessagePath.TryParse(Envelope?.Path, out var message, out _) ? message.FeatureId : null);

    /// <summary>Whether it is a command to a device.</summary>
    public bool IsCommand => Bus is { Kind: DeviceTopicKind.CommandRequest };

    /// <summary>Whether it answers a command, or means to.</summary>
    public bool IsAnswer => Bus is { Kind: DeviceTopicKind.CommandResponse } || (Envelope is { Status: not null } && !IsCommand);

    /// <summary>Whether a device states something of its twin.</summary>
    public bool IsStatement =>
        Bus is { Kind: DeviceTopicKind.Event or DeviceTopicKind.Telemetry } && Topic is { Channel: TopicPath.TwinChannel, Criterion: Criterion.Commands };

    /// <summary>The same message for another tenant or device, each where the bus topic names one, and with another envelope.</summary>
    public JournalEntry With(string tenant, string device, Envelope envelope)
    {
        var levels = Entry.Topic.Split('/');
        if (levels.Length > 1 && levels[1].Length > 0)
            levels[1] = tenant;
        if (levels.Length > 2 && levels[2].Length > 0)
            levels[2] = device;
        return Entry with { Topic = string.Join('/', levels), Payload = envelope.ToUtf8() };
    }
}
