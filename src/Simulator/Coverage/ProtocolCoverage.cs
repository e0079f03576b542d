using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;
using Leda.Harness.Simulator.Referee.Memory;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>
/// Collects which part of a protocol was exercised: message by message, in their order. What the referee calls an error exercises nothing.
/// For one caller at a time; what it remembers is bounded.
/// </summary>
public sealed class ProtocolCoverage : IKnownFeatures
{
    private const int MostOthers = 100;

    private readonly CoverageProfile _profile;
    private readonly Aspect[] _aspects;
    private readonly Dictionary<(string Aspect, string Item), long> _counts = [];
    private readonly Recent<(ThingId Thing, string Feature), IReadOnlyList<string>> _definitions = new(1_000);
    private readonly Recent<(string Device, string RequestId, string Subject, string CorrelationId), bool> _commands = new(1_000);
    private int _others;

    /// <summary>Begins with nothing.</summary>
    /// <param name="catalogue">The contract.</param>
    /// <param name="profile">Which part of it counts.</param>
    public ProtocolCoverage(SchemaCatalogue catalogue, CoverageProfile profile)
    {
        _profile = profile;
        _aspects =
        [
            new TopicAspect(profile), new OperationAspect(catalogue, profile), new StatusAspect(profile), new FeatureAspect(catalogue, profile),
            new StateAspect("software states", profile.SoftwareTransitions, new SoftwareReports()),
            new TransitionAspect("software transitions", profile.SoftwareTransitions, () => new SoftwareReports()),
            new StateAspect("container states", profile.ContainerTransitions, new ContainerReports()),
            new TransitionAspect("container transitions", profile.ContainerTransitions, () => new ContainerReports()),
        ];
        foreach (var aspect in _aspects)
        {
            foreach (var item in aspect.Universe)
                _counts[(aspect.Name, item)] = 0;
        }
    }

    /// <summary>What was exercised up to now.</summary>
    public CoverageReport Report => new(_profile.Name, [.. _aspects.Select(GroupOf)]);

    /// <summary>Another conversation begins, on another bus or in another world.</summary>
    public void Begin()
    {
        foreach (var aspect in _aspects)
            aspect.Begin();
    }

    /// <summary>Takes the next message.</summary>
    /// <param name="topic">Its MQTT topic; empty for a bare envelope.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="verdict">What the referee says of it.</param>
    public void Take(string topic, ReadOnlyMemory<byte> payload, Verdict verdict)
    {
        if (verdict == Verdict.Error)
            return;
        var message = Read(topic, payload);
        if (IsRepeated(message))
            return;
        foreach (var aspect in _aspects)
        {
            foreach (var item in aspect.Of(message))
                Count((aspect.Name, item));
        }

        Remember(message.Signal);
    }

    /// <inheritdoc/>
    IReadOnlyList<string> IKnownFeatures.DefinitionsOf(ThingId thing, string featureId) => _definitions.Find((thing, featureId)) ?? [];

    private SpokenMessage Read(string topic, ReadOnlyMemory<byte> payload)
    {
        DeviceTopic? bus = DeviceTopic.TryParse(topic, out var parsed, out _) ? parsed : null;
        var isEnvelope = topic.Length == 0 || bus is not null;
        return new SpokenMessage(
            topic,
            bus,
            isEnvelope && Envelope.TryParse(payload.Span, out var envelope, out _) && TopicPath.TryParse(envelope.Topic, out var path, out _)
                ? new Signal(envelope, path, bus, this)
                : null);
    }

    /// <summary>The connector publishes each command in the long and in the short form (<c>connectors-and-leda.md</c> 1.6).</summary>
    private bool IsRepeated(SpokenMessage message)
    {
        if (message.Bus is not { Kind: DeviceTopicKind.CommandRequest } bus)
            return false;
        var key = (bus.Device, bus.RequestId, bus.Subject, message.Signal?.Envelope.Headers.CorrelationId ?? "");
        if (bus.IsShort)
            return _commands.Contains(key);
        _commands.Put(key, true);
        return false;
    }

    private void Count((string Aspect, string Item) key)
    {
        if (_counts.TryGetValue(key, out var count))
            _counts[key] = count + 1;
        else if (_others++ < MostOthers)
            _counts[key] = 1;
    }

    private void Remember(Signal? signal)
    {
        foreach (var part in signal?.Features ?? [])
        {
            if (part.Definitions is { Count: > 0 and < 10 } definitions)
                _definitions.Put((signal!.Topic.ThingId, part.Id), definitions);
        }
    }

    private CoverageGroup GroupOf(Aspect aspect)
    {
        var known = aspect.Universe.ToHashSet();
        return new CoverageGroup(
            aspect.Name,
            [.. aspect.Universe.Select(item => new CoverageItem(item, _counts[(aspect.Name, item)]))],
            [.. _counts.Where(count => count.Key.Aspect == aspect.Name && !known.Contains(count.Key.Item)).Select(count => new CoverageItem(count.Key.Item, count.Value))]);
    }
}
