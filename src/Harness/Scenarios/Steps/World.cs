using Leda.Harness.Device.Containers;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
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
        new() { InMemory = settings.InMemory, MqttPort = 0, Seed = settings.Seed, Containers = ContainerSupply.None, Device = false };

    /// <summary>The running harness.</summary>
    public LedaHarness Harness => _harness ?? throw new InvalidOperationException("nothing runs yet: the scenario has to give a device or a connector first");

    /// <summary>Where expectations begin to look.</summary>
    public long From { get; set; }

    /// <summary>Where the last action began.</summary>
    public long Mark { get; private set; }

    /// <summary>What the last expectation found.</summary>
    public JournalEntry? Found { get; private set; }

    /// <summary>What became of the cloud's last command.</summary>
    public MessageResult? Answer { get; set; }

    /// <summary>Containers by the names that the scenario gave them.</summary>
    public Dictionary<string, string> Containers { get; } = [];

    /// <summary>The thing that holds the device's containers.</summary>
    public ThingId Thing => ThingId.Parse((_harness?.Connector?.Identity ?? Options.Identity).DeviceId).Child(ContainerFeature.ThingSuffix);

    /// <summary>Starts what is given, unless it runs already.</summary>
    public async Task<LedaHarness> UpAsync() => _harness ??= await LedaHarness.StartAsync(Options, settings.Time);

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

    /// <summary>A directory for the device's state, which goes when the scenario is over.</summary>
    public string DataDirectory() => _data ??= Directory.CreateTempSubdirectory("leda-harness-").FullName;

    /// <summary>Waits for something in the journal.</summary>
    /// <param name="what">What is expected, for the report of a failure.</param>
    /// <param name="matches">Whether an entry is it.</param>
    public async Task<JournalEntry> ExpectAsync(string what, Func<JournalEntry, bool> matches)
    {
        Found = await Harness.Journal.FirstAsync(matches, From, Patience)
            ?? throw new ExpectationException(what, Harness.Journal.Snapshot(Mark));
        return Found;
    }

    /// <summary>Waits and demands that something does not come.</summary>
    public async Task ExpectNothingAsync(string what, Func<JournalEntry, bool> matches, TimeSpan during)
    {
        if (await Harness.Journal.FirstAsync(matches, From, during) is { } unwanted)
            throw new ExpectationException($"nothing like this: {what}; seen at {unwanted.Sequence}", Harness.Journal.Snapshot(Mark));
    }

    /// <summary>Waits until something holds that changes only with the journal.</summary>
    /// <param name="what">What is expected, for the report of a failure.</param>
    /// <param name="seen">What is seen at present, for the report of a failure.</param>
    /// <param name="holds">Whether it holds.</param>
    public async Task EventuallyAsync(string what, Func<string> seen, Func<bool> holds)
    {
        while (true)
        {
            var next = Harness.Journal.Next;
            if (holds())
                return;
            if (await Harness.Journal.FirstAsync(_ => true, next, Patience) is null)
                throw new ExpectationException($"{what}; seen {seen()}", Harness.Journal.Snapshot(Mark));
        }
    }

    /// <summary>Ends the scenario's world.</summary>
    public async Task EndAsync()
    {
        try
        {
            if (_harness is not null)
                await EndAsync(_harness);
        }
        finally
        {
            if (_data is not null)
                Directory.Delete(_data, recursive: true);
        }
    }

    private async Task EndAsync(LedaHarness harness)
    {
        await harness.Journal.SettleAsync();
        var journal = harness.Journal.Snapshot();
        if (_someone is not null)
            await _someone.DisposeAsync();
        await harness.DisposeAsync();
        settings.Finished(harness.Journal);
        FairPlay.Check(journal);
    }
}
