using System.Collections.Concurrent;
using Leda.Harness.Conformance.Artifacts;
using Leda.Harness.Explanations;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Conformance;

/// <summary>A device on the bus, seen from the cloud: what it is sent, what it says, and what was played with it already.</summary>
internal sealed class DeviceUnderTest(ConformanceOptions options, CloudSide cloud, Journal record, IArtifactShelf shelf, TimeProvider time)
{
    /// <summary>How many times its limit an answer is waited for, so that one that comes late is told from one that does not come.</summary>
    private const double Patience = 2.5;

    /// <summary>How much longer what is slow may take.</summary>
    private const int SlowFactor = 6;

    private readonly IdSource _ids = new(options.Seed);
    private readonly Dictionary<string, Task> _played = [];
    private readonly List<(Awaited Awaited, long To)> _missed = [];
    private readonly ConcurrentDictionary<long, DeviceMessage> _read = new();

    /// <summary>How it is tried.</summary>
    public ConformanceOptions Options => options;

    /// <summary>The other side.</summary>
    public CloudSide Cloud => cloud;

    /// <summary>Everything seen.</summary>
    public Journal Record => record;

    /// <summary>Where files for it can be laid.</summary>
    public IArtifactShelf Shelf => shelf;

    /// <summary>Ends all waiting.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>The thing that holds its containers.</summary>
    public ThingId Thing => ThingOf(cloud.Identity);

    /// <summary>All commands so far.</summary>
    public List<Exchange> Exchanges { get; } = [];

    /// <summary>The containers that the suite has made and not removed again.</summary>
    public HashSet<string> Made { get; } = [];

    /// <summary>The thing that holds a gateway's containers.</summary>
    public static ThingId ThingOf(GatewayIdentity identity) => ThingId.Parse(identity.DeviceId).Child(ContainerFeature.ThingSuffix);

    /// <summary>The next place in the record, when all before it is judged.</summary>
    public async Task<long> NowAsync()
    {
        await record.SettleAsync();
        return record.Next;
    }

    /// <summary>What the device said in a stretch of the record.</summary>
    public IEnumerable<DeviceMessage> Said(long from = 0, long to = long.MaxValue) =>
        record.Snapshot(from).TakeWhile(e => e.Sequence < to).Where(e => IsSaid(e, Read)).Select(Read);

    /// <summary>Waits until the device says something.</summary>
    /// <returns>The message, or <see langword="null"/> if it did not in time.</returns>
    public Task<DeviceMessage?> AwaitAsync(long from, Func<DeviceMessage, bool> matches, TimeSpan? limit = null) =>
        AwaitAsync(from, matches, limit ?? options.Limit, null);

    /// <summary>Waits as long as silence has to last.</summary>
    public Task QuietAsync() => Task.Delay(options.Quiet, time, Interrupted);

    /// <summary>Plays something, unless it was played before.</summary>
    public async Task<T> SeeAsync<T>(Act<T> act)
        where T : Scene
    {
        if (!_played.TryGetValue(act.Name, out var playing))
            _played.Add(act.Name, playing = PlayAsync(act));
        return await (Task<T>)playing;
    }

    /// <summary>Sends a command to a feature and waits for the answer.</summary>
    public Task<Exchange> InvokeAsync(string? feature, string operation, string? value = null) =>
        InvokeAsync(new Command(feature, operation, value is null ? null : JsonText.Parse(value)));

    /// <summary>Sends a command, and waits for the answer; where none is wanted, as long as silence has to last.</summary>
    public async Task<Exchange> InvokeAsync(Command command)
    {
        var exchange = await SendAsync(command);
        var patience = command.WantsAnswer ? exchange.Limit * Patience : options.Quiet;
        exchange = exchange with { Answer = await AwaitAsync(exchange.From, exchange.IsAnsweredBy, patience, exchange.Request.Headers.CorrelationId) };
        Exchanges.Add(exchange);
        return exchange;
    }

    /// <summary>Announces an identity.</summary>
    public async Task AnnounceAsync(GatewayIdentity identity) => await cloud.AnnounceAsync(identity, await NowAsync());

    /// <summary>What explains that the last thing waited for in stretches of the record did not come.</summary>
    public IReadOnlyList<Explanation> Explain(Func<long, bool> isMeant) => _missed.LastOrDefault(m => isMeant(m.Awaited.From)) is { Awaited: { } awaited } missed
        ? NearestMisses.Of([.. record.Snapshot().TakeWhile(e => e.Sequence < missed.To)], awaited)
        : [];

    private async Task<DeviceMessage?> AwaitAsync(long from, Func<DeviceMessage, bool> matches, TimeSpan limit, string? correlationId)
    {
        if (await record.FirstAsync(e => IsSaid(e, Read) && matches(Read(e)), from, limit, Interrupted) is { } entry)
            return Read(entry);
        var awaited = new Awaited(e => IsSaid(e, Afresh) && matches(Afresh(e)), from, Thing, cloud.Identity) { CorrelationId = correlationId };
        _missed.Add((awaited, await NowAsync()));
        return null;
    }

    private async Task<Exchange> SendAsync(Command command)
    {
        var envelope = command.Twist(new Envelope
        {
            Topic = TopicPath.LiveMessage(Thing, command.Operation).ToString(),
            Headers = DittoHeaders.Of(
                $"conform-{Exchanges.Count + 1}-{_ids.NewUuid()[..8]}", command.ResponseRequired, command.Value is null ? null : DittoHeaders.JsonContentType),
            Path = new MessagePath(command.Feature, MessageDirection.Inbox, command.Operation).ToString(),
            Value = command.Value,
        });
        var requestId = command.HasRequestId ? _ids.NewUuid()[..13] : "";
        var exchange = new Exchange(command, envelope, requestId, Thing.ToString(), time.GetUtcNow(), await NowAsync())
        {
            Limit = command.IsSlow ? options.Limit * SlowFactor : options.Limit,
        };
        await cloud.PublishAsync(DeviceTopic.Command(Thing.ToString(), requestId, command.Operation).ToString(), envelope.ToUtf8());
        return exchange;
    }

    private async Task<T> PlayAsync<T>(Act<T> act)
        where T : Scene
    {
        var from = await NowAsync();
        var scene = await act.Play(this);
        return scene with { From = act.IsFirst ? 0 : Math.Max(from, scene.From), To = await NowAsync() };
    }

    /// <summary>Entries that were never there share their numbers with those that were.</summary>
    private static DeviceMessage Afresh(JournalEntry entry) => new(entry);

    private DeviceMessage Read(JournalEntry entry) => _read.GetOrAdd(entry.Sequence, _ => new DeviceMessage(entry));

    /// <summary>Whether the device said it. Where others are on the bus, what is said of its thing is taken for the device's.</summary>
    private bool IsSaid(JournalEntry entry, Func<JournalEntry, DeviceMessage> read)
    {
        if (entry.Kind != JournalKind.Publish || entry.Who == CloudSide.Name)
            return false;
        if (!DeviceTopic.TryParse(entry.Topic, out var topic, out _))
            return options.IsAlone && entry.Topic.StartsWith("command/", StringComparison.Ordinal);
        if (topic.Kind == DeviceTopicKind.CommandRequest)
            return options.IsAlone;
        return options.IsAlone || cloud.IdentitiesAt(entry.Sequence).Select(ThingOf).Any(thing => topic.Device == thing.ToString()
            || read(entry).Envelope?.Topic.StartsWith($"{thing.Namespace}/{thing.Name}/", StringComparison.Ordinal) == true);
    }
}
