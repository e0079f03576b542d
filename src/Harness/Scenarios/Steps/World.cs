using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Explanations;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Connector;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Messages;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>
/// The world of one scenario: what was given, the harness that runs it, and where in the journal the last action began. Expectations look from
/// there on; those that begin with "after that" from behind the last thing that was found.
/// </summary>
internal sealed class World(WorldSettings settings)
{
    /// <summary>How long something that is expected may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private LedaHarness? _harness;
    private IMessageBus? _someone;
    private string? _data;

    /// <summary>What is given so far.</summary>
    public HarnessOptions Options { get; set; } =
        new()
        {
            InMemory = settings.InMemory,
            MqttPort = 0,
            Seed = settings.Seed,
            Containers = ContainerSupply.None,
            Device = false,
            Schemas = settings.Schemas,
        };

    /// <summary>The running harness.</summary>
    public LedaHarness Harness => _harness ?? throw new InvalidOperationException("nothing runs yet: the scenario has to give a device or a connector first");

    /// <summary>The running connector.</summary>
    public CloudConnector Connector => Harness.Connector ?? throw new ExpectationException("a cloud connector; the scenario gives none", null);

    /// <summary>The way to send commands.</summary>
    public LiveMessages Messages => Harness.Messages ?? throw new ExpectationException("a cloud connector to send through; the scenario gives none", null);

    /// <summary>Where expectations begin to look.</summary>
    public long From { get; set; }

    /// <summary>Where the last action began.</summary>
    public long Mark { get; private set; }

    /// <summary>What the last expectation found.</summary>
    public JournalEntry? Found { get; private set; }

    /// <summary>What became of the cloud's last command.</summary>
    public MessageResult? Answer { get; set; }

    /// <summary>Where the device finds the files of installations.</summary>
    public OfferedFiles Server { get; } = new();

    /// <summary>The ids of containers by the names that the scenario gave them.</summary>
    public Dictionary<string, string> Containers { get; } = [];

    /// <summary>The thing that holds the device's containers.</summary>
    public ThingId Thing => ThingId.Parse(Gateway.DeviceId).Child(ContainerFeature.ThingSuffix);

    private GatewayIdentity Gateway => _harness?.Connector?.Identity ?? Options.Identity;

    /// <summary>The id of a container that the scenario made, or that the twin shows under that name at present; else <see langword="null"/>.</summary>
    public string? FindContainer(string name) => Containers.GetValueOrDefault(name) ?? Harness.Things.Find(Thing)?.Features?
        .Where(feature => Traffic.Text(feature.Value.Value, "properties", "status", "name") == name)
        .Select(feature => ContainerFeature.ContainerOf(feature.Key))
        .FirstOrDefault(id => id is not null);

    /// <summary>The id of a container that has to be there.</summary>
    public string ContainerId(string name) => FindContainer(name) ?? throw new ExpectationException(
        $"a container \"{name}\"; the scenario made {(Containers.Count == 0 ? "none" : string.Join(", ", Containers.Keys))}", []);

    /// <summary>The id of a container that the twin shows sooner or later.</summary>
    public async Task<string> AwaitContainerAsync(string name)
    {
        await EventuallyAsync($"a container {name} in the twin", () => "none", () => FindContainer(name) is not null);
        return ContainerId(name);
    }

    /// <summary>Starts what is given, unless it runs already.</summary>
    public async Task<LedaHarness> UpAsync() => _harness ??= await LedaHarness.StartAsync(
        Options with { DeviceOptions = Options.DeviceOptions with { Artifacts = Server } }, settings.Time);

    /// <summary>Begins an action: what happened before no longer counts.</summary>
    public async Task BeginActionAsync()
    {
        if (_harness is null)
            return;
        await _harness.Journal.SettleAsync();
        Mark = _harness.Journal.Next;
    }

    /// <summary>Somebody on the local bus who is neither device nor connector.</summary>
    public async Task<IMessageBus> SomeoneAsync()
    {
        if (_someone is not null)
            return _someone;
        var harness = await UpAsync();
        _someone = harness.Bus.Create(new BusOptions { ClientId = "someone" });
        await _someone.ConnectAsync();
        return _someone;
    }

    /// <summary>The next message that a client of the bus gets.</summary>
    public async Task<BusMessage> ReceiveAsync(IMessageBus client)
    {
        using var net = new CancellationTokenSource(Patience, settings.Time);
        try
        {
            while (await client.Events.WaitToReadAsync(net.Token))
            {
                if (client.Events.TryRead(out var happened) && happened is BusEvent.Received { Message: var message })
                    return message;
            }
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        throw Missing($"a message for {client.ClientId}", new Awaited(_ => false, Mark, Thing, Gateway) { Subscriber = client.ClientId });
    }

    /// <summary>A directory for the device's state, which goes when the scenario is over.</summary>
    public string DataDirectory() => _data ??= Directory.CreateTempSubdirectory("leda-harness-").FullName;

    /// <summary>Waits for something in the journal.</summary>
    /// <param name="what">What is expected, for the report of a failure.</param>
    /// <param name="matches">Whether an entry is it.</param>
    public async Task<JournalEntry> ExpectAsync(string what, Func<JournalEntry, bool> matches)
    {
        Found = await FirstAsync(matches, From, Patience)
            ?? throw Missing(what, new Awaited(matches, From, Thing, Gateway));
        return Found;
    }

    /// <summary>Waits and demands that something does not come.</summary>
    public async Task ExpectNothingAsync(string what, Func<JournalEntry, bool> matches, TimeSpan during)
    {
        if (await FirstAsync(matches, From, during) is { } unwanted)
            throw new ExpectationException($"nothing like this: {what}; seen at {unwanted.Sequence}", Harness.Journal.Snapshot(Mark));
    }

    /// <summary>What is thrown when something did not come, with what explains it.</summary>
    public ExpectationException Missing(string what, Awaited awaited) =>
        new(what, Harness.Journal.Snapshot(Mark), NearestMisses.Of(Harness.Journal.Snapshot(), awaited));

    /// <summary>What is thrown when the cloud's last command was not answered, with what explains it.</summary>
    public ExpectationException Unanswered(MessageResult result) => Missing(
        $"an answer; seen {result.Outcome}", new Awaited(_ => false, Mark, Thing, Gateway) { CorrelationId = result.CorrelationId });

    /// <summary>Sends a command and waits for what becomes of it.</summary>
    public Task<MessageResult> RequestAsync(LiveMessage message, TimeSpan? timeout = null) =>
        Messages.RequestAsync(message, timeout ?? Patience).WaitAsync(settings.Interrupted);

    /// <summary>Reads JSON that a scenario has written.</summary>
    public static JsonElement Json(string text)
    {
        try
        {
            return JsonText.Parse(text);
        }
        catch (JsonException e)
        {
            throw new ExpectationException($"JSON in the scenario, but '{text}' is none: {e.Message}", null);
        }
    }

    /// <summary>Waits until something holds that changes only with the journal.</summary>
    /// <param name="what">What is expected, for the report of a failure.</param>
    /// <param name="seen">What is seen at present, for the report of a failure.</param>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="thing">The thing whose twin is meant; default that of the device's containers.</param>
    /// <param name="feature">The feature that is meant, if it is one.</param>
    public async Task EventuallyAsync(string what, Func<string> seen, Func<bool> holds, ThingId? thing = null, string? feature = null)
    {
        var of = thing ?? Thing;
        while (true)
        {
            var next = Harness.Journal.Next;
            if (holds())
                return;
            if (await FirstAsync(_ => true, next, Patience) is null)
                throw Missing($"{what}; seen {seen()}", new Awaited(Awaited.Change(of, feature), Mark, of, Gateway) { Feature = feature });
        }
    }

    /// <summary>Ends the scenario's world. What is said at the end has to be fair as well.</summary>
    public async Task EndAsync()
    {
        try
        {
            if (_harness is { } harness)
            {
                if (_someone is not null)
                    await _someone.DisposeAsync();
                await harness.DisposeAsync();
                settings.Finished(harness.Journal);
                FairPlay.Check(harness.Journal.Snapshot());
            }
        }
        finally
        {
            if (_data is not null)
                Directory.Delete(_data, recursive: true);
        }
    }

    private async Task<JournalEntry?> FirstAsync(Func<JournalEntry, bool> matches, long from, TimeSpan timeout)
    {
        try
        {
            return await Harness.Journal.FirstAsync(matches, from, timeout, settings.Interrupted);
        }
        catch (OperationCanceledException)
        {
            throw new ExpectationException("more time: the run was interrupted", Harness.Journal.Snapshot(Mark));
        }
    }
}
