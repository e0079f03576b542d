using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;

namespace Leda.Harness.Simulator.Referee;

/// <summary>An envelope whose topic has been understood, with the bus topic it came on.</summary>
internal sealed class Signal
{
    public Signal(Envelope envelope, TopicPath topic, DeviceTopic? bus)
    {
        Envelope = envelope;
        Topic = topic;
        Bus = bus;
        Message = topic.Criterion == Criterion.Messages && MessagePath.TryParse(envelope.Path, out var path, out _) ? path : null;
        Kind = KindOf(envelope.Status is not null);
    }

    public Envelope Envelope { get; }

    public TopicPath Topic { get; }

    /// <summary>The bus topic; <see langword="null"/> for a bare envelope.</summary>
    public DeviceTopic? Bus { get; }

    /// <summary>The path of a live message; <see langword="null"/> for everything else and for a path that is none.</summary>
    public MessagePath? Message { get; }

    /// <summary>What it is, as <c>schemas/index.json</c> spells it; empty for what this project does not speak about.</summary>
    public string Kind { get; }

    public bool IsLiveRequest => Kind == "live request";

    public bool IsLiveResponse => Kind == "live response";

    /// <summary>Whether the value counts: JSON null is no value for Kanto's programs.</summary>
    public bool HasValue => Envelope.Value is { ValueKind: not JsonValueKind.Null };

    private string KindOf(bool isResponse) => (Topic.Channel, Topic.Criterion) switch
    {
        (_, Criterion.Errors) => "error",
        (TopicPath.TwinChannel, Criterion.Commands) => isResponse ? "twin response" : "twin command",
        (TopicPath.TwinChannel, Criterion.Events) => "twin event",
        (_, Criterion.Messages) when isResponse => "live response",
        (_, Criterion.Messages) => Message?.Direction == MessageDirection.Outbox ? "live event" : "live request",
        _ => "",
    };
}
