using System.Runtime.ExceptionServices;
using System.Text.Json;
using Leda.Harness.Device;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator;
using Leda.Harness.Simulator.Api;
using Leda.Harness.Simulator.Broker;
using Leda.Harness.Simulator.Connector;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;
using Leda.Harness.Simulator.Storage;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Hosting;

/// <summary>
/// The whole world in one process: broker, cloud connector, twins, device, journal and referee. What is left out at the start can be started
/// later; what runs is stopped by disposing, which leaves no task, port or file behind.
/// </summary>
public sealed class LedaHarness : IAsyncDisposable
{
    /// <summary>Schemas are immutable and slow to compile: one catalogue serves every harness of the process.</summary>
    private static readonly Lazy<SchemaCatalogue> _schemas = new(() => new SchemaCatalogue());

    private readonly HarnessOptions _options;
    private readonly TimeProvider _time;
    private readonly IdSource _deviceIds;
    private readonly IdSource _messageIds;
    private readonly CommandListeners _listeners;
    private EmbeddedBroker? _broker;
    private ApiHost? _api;

    private LedaHarness(HarnessOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        var ids = new IdSource(options.Seed);
        _deviceIds = ids.Fork();
        _messageIds = ids.Fork();
        Cloud = new DittoCloud(time, ids.Fork(), (options.Http ?? new ApiOptions()).Owners) { Log = options.CloudLog };
        Twins = new TwinAccess(Cloud);
        Journal = new Journal(new ConversationReferee(new MessageReferee(options.Schemas ?? _schemas.Value)), time);
        Cloud.Signals.Subscribe(Journal);
        _listeners = new CommandListeners(Journal);
        Bus = new InMemoryBroker(_listeners);
    }

    /// <summary>The record of everything seen.</summary>
    public Journal Journal { get; }

    /// <summary>The state of the cloud; the harness's own gateway is in its registry from the start.</summary>
    public DittoCloud Cloud { get; }

    /// <summary>The digital twins as they are stored.</summary>
    public ThingStore Things => Cloud.Things;

    /// <summary>Reads, changes, watches and finds digital twins, as an application in the cloud does.</summary>
    public TwinAccess Twins { get; }

    /// <summary>Makes more clients of the bus.</summary>
    public IBusFactory Bus { get; private set; }

    /// <summary>The MQTT port on loopback; 0 in memory.</summary>
    public int MqttPort => _broker?.Port ?? 0;

    /// <summary>Where the cloud can be reached over HTTP; <see langword="null"/> if it is not offered.</summary>
    public Uri? HttpUrl => _api?.Url;

    /// <summary>The cloud connector; <see langword="null"/> until it is started.</summary>
    public CloudConnector? Connector { get; private set; }

    /// <summary>Sends operations to devices; <see langword="null"/> until the connector is started.</summary>
    public LiveMessages? Messages { get; private set; }

    /// <summary>The harness's own device; <see langword="null"/> while it does not run.</summary>
    public DeviceHost? Device { get; private set; }

    /// <summary>Starts a world: first the bus, then the API, then the connector, then the device.</summary>
    /// <param name="options">What is in it.</param>
    /// <param name="time">The clock. A virtual one goes with <see cref="HarnessOptions.InMemory"/> only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BrokerAddressException">The MQTT port is in use or not allowed.</exception>
    /// <exception cref="ApiAddressException">The HTTP port is in use or not allowed.</exception>
    /// <exception cref="StorageException">What <see cref="HarnessOptions.CloudDirectory"/> holds cannot be used; the message says why.</exception>
    public static async Task<LedaHarness> StartAsync(
        HarnessOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var harness = new LedaHarness(options, time);
        try
        {
            harness.OpenStorage();
            harness.Cloud.Registry.Welcome(options.Identity);
            if (!options.InMemory)
                await harness.OpenPortAsync();
            if (options.Http is { } http)
                harness._api = await ApiHost.StartAsync(http, harness.Cloud);
            if (options.Connector)
                await harness.StartConnectorAsync(cancellationToken);
            if (options.Device)
                await harness.StartDeviceAsync(cancellationToken);
            return harness;
        }
        catch
        {
            await harness.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the cloud connector of a harness that was started without.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task StartConnectorAsync(CancellationToken cancellationToken = default)
    {
        if (Connector is not null)
            throw new InvalidOperationException("The cloud connector runs already.");
        var twins = new TwinFeed(Cloud.Things, Cloud.Signals, Cloud.Registry) { KeptAsync = Cloud.KeptAsync };
        Connector = await CloudConnector.StartAsync(
            new ConnectorOptions { Identity = _options.Identity, Listeners = _listeners }, Bus, twins, _time, cancellationToken);
        Cloud.Live.Attach(Connector);
        Messages = new LiveMessages(Cloud.Live, _messageIds);
    }

    /// <summary>Has a device do something, and waits for its answer.</summary>
    /// <param name="thing">The thing's id.</param>
    /// <param name="feature">The feature's id; <see langword="null"/> for the thing itself.</param>
    /// <param name="operation">What it is to do.</param>
    /// <param name="argument">A <see cref="JsonElement"/>, or anything that System.Text.Json can write; default none.</param>
    /// <param name="timeout">How long to wait; default 60 s.</param>
    /// <exception cref="InvalidOperationException">There is no cloud connector.</exception>
    /// <exception cref="FormatException">The id is none.</exception>
    public Task<MessageResult> InvokeAsync(string thing, string? feature, string operation, object? argument = null, TimeSpan? timeout = null) =>
        Way().RequestAsync(Message(thing, feature, operation, argument), timeout);

    /// <summary>Has a device do something, and wants no answer.</summary>
    /// <inheritdoc cref="InvokeAsync"/>
    public Task<MessageResult> NotifyAsync(string thing, string? feature, string operation, object? argument = null) =>
        Way().NotifyAsync(Message(thing, feature, operation, argument));

    /// <summary>Starts the device of a harness that was started without, or whose device was stopped.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task StartDeviceAsync(CancellationToken cancellationToken = default)
    {
        if (Device is not null)
            throw new InvalidOperationException("The device runs already; stop it first.");
        var options = _options.DeviceOptions with
        {
            DataDirectory = _options.DataDirectory,
            Containers = _options.Containers.Take(_options.Seed),
        };
        Device = await DeviceHost.StartAsync(options, Bus, _time, _deviceIds.Fork(), _options.DeviceLog, cancellationToken);
    }

    /// <summary>Stops the device in good order.</summary>
    public async Task StopDeviceAsync()
    {
        if (Device is { } device)
            await device.DisposeAsync();
        Device = null;
    }

    /// <summary>Stops the API, then the device, then the connector, then the bus; the journal stays readable.</summary>
    /// <remarks>If one of them fails, a defect of the harness, the others are stopped all the same; then the first failure comes out.</remarks>
    public async ValueTask DisposeAsync()
    {
        Journal.Hurry();
        ExceptionDispatchInfo? defect = null;
        foreach (var part in new IAsyncDisposable?[] { _api, Device, Connector, _broker, Cloud, Journal })
        {
            try
            {
                await (part?.DisposeAsync() ?? default);
            }
            catch (Exception error)
            {
                defect ??= ExceptionDispatchInfo.Capture(error);
            }
        }

        Device = null;
        defect?.Throw();
    }

    private void OpenStorage()
    {
        if (_options.CloudDirectory is not { } directory)
            return;
        Directory.CreateDirectory(directory);
        Cloud.KeepIn(Path.Combine(directory, "cloud.db"));
    }

    private static LiveMessage Message(string thing, string? feature, string operation, object? argument) =>
        new(ThingId.Parse(thing), feature, operation, argument is null ? null : JsonSerializer.SerializeToElement(argument).Compacted());

    private LiveMessages Way() => Messages ?? throw new InvalidOperationException("There is no cloud connector; call StartConnectorAsync first.");

    private async Task OpenPortAsync()
    {
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = _options.MqttPort }, _time, _listeners);
        Bus = new MqttBusFactory(_broker.Url, _time);
    }
}
