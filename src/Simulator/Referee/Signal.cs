using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee;

/// <summary>An envelope whose topic has been understood, with the bus topic it came on.</summary>
internal sealed class Signal : IDisposable
{
    private readonly IKnownFeatures? _known;
    private readonly JsonDocument? _document;
    private FeaturePart[]? _features;
    private (JsonElement Config, string At)[]? _settings;

    /// <param name="envelope">The envelope.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="bus">The bus topic.</param>
    /// <param name="known">Tells how features were announced.</param>
    /// <param name="document">What the envelope's values are part of; <see langword="null"/> if they own their memory.</param>
    public Signal(Envelope envelope, TopicPath topic, DeviceTopic? bus, IKnownFeatures? known, JsonDocument? document = null)
    {
        _known = known;
        _document = document;
        Envelope = envelope;
        Topic = topic;
        Bus = bus;
        Message = topic.Criterion == Criterion.Messages && MessagePath.TryParse(envelope.Path, out var path, out _) ? path : null;
        Resource = topic.Criterion != Criterion.Messages && ResourcePath.TryParse(envelope.Path, out var resource, out _) ? resource : null;
        Kind = KindOf(envelope.Status is not null);
    }

    public Envelope Envelope { get; }

    public TopicPath Topic { get; }

    /// <summary>The bus topic; <see langword="null"/> for a bare envelope.</summary>
    public DeviceTopic? Bus { get; }

    /// <summary>The path of a live message; <see langword="null"/> for everything else and for a path that is none.</summary>
    public MessagePath? Message { get; }

    /// <summary>The part of a thing that is meant; <see langword="null"/> for a live message and for a path that leads nowhere.</summary>
    public ResourcePath? Resource { get; }

    /// <summary>What it is, as <c>schemas/index.json</c> spells it; empty for what this project does not speak about.</summary>
    public string Kind { get; }

    public bool IsLiveRequest => Kind == "live request";

    public bool IsLiveResponse => Kind == "live response";

    /// <summary>Whether it is an operation that comes over the bus.</summary>
    public bool IsCommand => IsLiveRequest && Bus is { Kind: DeviceTopicKind.CommandRequest };

    /// <summary>Whether a device says it, of itself.</summary>
    public bool IsUplink => Bus is { Kind: DeviceTopicKind.Event or DeviceTopicKind.Telemetry };

    /// <summary>What is wrong with a message that names no thing is said of <c>unknown:unknown</c> (<c>ditto.md</c> 1.7).</summary>
    public bool IsErrorAboutNobody => Topic is { Criterion: Criterion.Errors, ThingId: { Namespace: "unknown", Name: "unknown" } };

    /// <summary>The features, or the one part of a feature, that a twin command writes or a twin event tells of.</summary>
    public FeaturePart[] Features => _features ??= FeatureList();

    /// <summary>The settings of containers, in a command as well as in a report, each with the place where it stands.</summary>
    public (JsonElement Config, string At)[] ContainerSettings => _settings ??= Rules.ContainerSettings.Of(this);

    /// <summary>Whether the value counts: JSON null is no value for Kanto's programs.</summary>
    public bool HasValue => Envelope.Value is { ValueKind: not JsonValueKind.Null };

    /// <summary>The definitions with which a feature was announced before.</summary>
    public IReadOnlyList<string> DefinitionsOf(string featureId) => _known?.DefinitionsOf(Topic.ThingId, featureId) ?? [];

    /// <summary>What kind of feature this is: as it was announced, else as its id suggests.</summary>
    public string FamilyOf(string featureId) => FeatureFamily.Of(featureId, DefinitionsOf(featureId));

    /// <summary>Its values cannot be read any more.</summary>
    public void Dispose() => _document?.Dispose();

    private FeaturePart[] FeatureList()
    {
        if (Kind is not ("twin command" or "twin event") || Resource is not { } path || Envelope.Value is not { } value)
            return [];
        return path.Kind switch
        {
            ResourceKind.Thing => All(value.Member("features"u8), "/value/features"),
            ResourceKind.Features => All(value, "/value"),
            ResourceKind.Feature => [Part(path.FeatureId!, path.Pointer.IsRoot ? "" : path.Pointer.ToString(), value, "/value")],
            _ => [],
        };
    }

    /// <summary>The definitions that a feature carries.</summary>
    private static IReadOnlyList<string> Definitions(JsonElement feature)
    {
        List<string>? found = null;
        foreach (var definition in feature.Items("definition"u8))
        {
            if (definition.ValueKind == JsonValueKind.String)
                (found ??= new(1)).Add(definition.GetString()!);
        }

        return found ?? [];
    }

    private FeaturePart[] All(JsonElement? features, string at) => features is { ValueKind: JsonValueKind.Object } all
        ? [.. all.EnumerateObject().Select(feature => Part(feature.Name, "", feature.Value, $"{at}/{Violation.Escape(feature.Name)}"))]
        : [];

    private FeaturePart Part(string id, string below, JsonElement value, string at)
    {
        var own = below.Length == 0 ? Definitions(value) : [];
        return new(id, own.Count > 0 ? FeatureFamily.Of(id, own) : FamilyOf(id), below, value, at, own);
    }

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
