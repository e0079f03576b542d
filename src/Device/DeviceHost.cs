using Leda.Harness.Device.Agent;
using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Control.Server;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Engines.Simulated;
using Leda.Harness.Device.Features;
using Leda.Harness.Device.Features.Measurements;
using Leda.Harness.Device.Features.Software;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device;

/// <summary>A running device: its containers, and the agent that speaks for them on the bus.</summary>
public sealed class DeviceHost : IAsyncDisposable
{
    /// <summary>How long the last messages may take when the device stops; a broker that does not answer must not hold it.</summary>
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan _firstPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPatience = TimeSpan.FromMinutes(1);

    private const int LongestLine = 4000;

    private readonly DataLock _data;
    private readonly IMessageBus _bus;
    private readonly Outbox _outbox;
    private readonly IContainerEngine _engine;
    private readonly ContainerManager _containers;
    private readonly SoftwareOperations _software;
    private readonly MetricsOperations _metrics;
    private readonly DeviceAgent _agent;
    private readonly UpdateAgent? _updates;
    private readonly TimeProvider _time;
    private readonly Action<string> _log;
    private ControlSocket? _control;
    private bool _disposed;

    private DeviceHost(DeviceOptions options, IBusFactory buses, TimeProvider time, IdSource ids, Action<string> log)
    {
        log = Bounded(log);
        _data = new DataLock(options.DataDirectory);
        _time = time;
        _log = log;
        _bus = buses.Create(new BusOptions { ClientId = ids.NewUuid() });
        _outbox = new Outbox(_bus, new FeatureLedger(options.DataDirectory, log), ids.Fork(), log);
        _engine = options.Engine ?? new SimulatedEngine(ids.Fork(), time);
        var store = new ContainerStore(options.DataDirectory, log);
        _containers = new ContainerManager(new(_engine, store, _outbox.TellAsync, time, log), ids.Fork());
        var artifacts = options.Artifacts ?? new HttpArtifactSource(options.Software.Downloads, time);
        _software = new SoftwareOperations(new(_containers, artifacts, options.Software, _outbox.SayAsync, log));
        _metrics = new MetricsOperations(new(_containers, _outbox, time, log));
        var features = new FeatureCatalog(_containers, _software, _metrics);
        _agent = new DeviceAgent(_bus, _outbox, new CommandDispatcher(features, _outbox.RespondAsync, log), log);
        if (options.UpdateAgent is { } updates)
            _updates = new UpdateAgent(updates, buses.Create(new BusOptions { ClientId = ids.NewUuid() }), _containers, time, log);
    }

    /// <summary>The MQTT client id, a fresh UUID as the original's.</summary>
    public string ClientId => _bus.ClientId;

    /// <summary>All containers as they are now, oldest first.</summary>
    public IReadOnlyList<Container> Containers => _containers.Containers;

    /// <summary>
    /// Starts a device: first the containers that must run, then the connection, as the original does
    /// (<c>kanto-container-management.md</c> 1.1). Returns when the bus is connected; the handshake goes on from there.
    /// </summary>
    /// <param name="options">What it is made of.</param>
    /// <param name="buses">Where it connects.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ids">Where ids, pids and the order of registration come from; not to be used by others afterwards.</param>
    /// <param name="log">Takes lines for people: refusals, lost connections, files that cannot be read. May be called from several threads.</param>
    /// <param name="cancellationToken">Gives up, for example while the broker cannot be reached; what was started is stopped.</param>
    /// <exception cref="ArgumentException">One of the options' containers is refused.</exception>
    /// <exception cref="IOException">The data directory or the control socket cannot be made, or another device uses it.</exception>
    public static async Task<DeviceHost> StartAsync(
        DeviceOptions options, IBusFactory buses, TimeProvider time, IdSource ids, Action<string> log, CancellationToken cancellationToken = default)
    {
        var host = new DeviceHost(options, buses, time, ids, log);
        try
        {
            await host.PopulateAsync(options, cancellationToken);
            if (options.ControlSocket is { } path)
                host._control = await ControlSocket.ListenAsync(path, host._containers, host._log, cancellationToken);
            await host.ConnectAsync(host._bus, cancellationToken);
            if (host._updates is { } updates)
                await host.ConnectAsync(updates.Bus, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Stops the device in good order: all containers, whose <c>STOPPED</c> is still published, then the connection. They run again
    /// after the next start on the same data. Takes seconds at most.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_control is not null)
            await _control.DisposeAsync();
        _agent.StopListening();
        _updates?.StopListening();
        _software.GiveUp();
        await _containers.ShutDownAsync();
        if (_updates is not null)
        {
            await SayFarewellAsync(_updates.FinishAsync(), _updates.Bus);
            await _updates.DisposeAsync();
        }

        await _agent.FinishAsync();
        await _software.DisposeAsync();
        _metrics.Dispose();
        await SayFarewellAsync(_outbox.DisposeAsync(), _bus);
        await _agent.DisposeAsync();
        await _containers.DisposeAsync();
        await _engine.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Connects, and says now and then why it is not connected yet.</summary>
    private async Task ConnectAsync(IMessageBus bus, CancellationToken cancellationToken)
    {
        for (var patience = _firstPatience; ; patience = patience * 2 < _longestPatience ? patience * 2 : _longestPatience)
        {
            using var limit = new CancellationTokenSource(patience, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await bus.ConnectAsync(either.Token);
                return;
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                _log($"not connected yet, trying again: {e.Message}");
            }
        }
    }

    private async Task PopulateAsync(DeviceOptions options, CancellationToken cancellationToken)
    {
        await _containers.RestoreAsync();
        if (_containers.Containers.Count > 0)
            return;
        foreach (var arguments in options.Containers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await CreateAsync(arguments);
        }
    }

    private async Task CreateAsync(CreateArguments arguments)
    {
        try
        {
            var container = await _containers.CreateAsync(ContainerDescription.Of(arguments));
            if (arguments.Start)
                await _containers.StartAsync(container.Id);
        }
        catch (ContainerException e)
        {
            throw new ArgumentException($"the container '{arguments.Name ?? arguments.ImageRef}' of the options cannot be made: {e.Message}", nameof(arguments), e);
        }
    }

    /// <summary>What arrives is quoted in the log; a megabyte of it must not be.</summary>
    private static Action<string> Bounded(Action<string> log) =>
        line => log(line.Length <= LongestLine ? line : $"{line.AsSpan(0, LongestLine)} … and {line.Length - LongestLine} characters more");

    private async Task SayFarewellAsync(ValueTask lastMessages, IMessageBus bus)
    {
        var farewell = lastMessages.AsTask();
        try
        {
            await farewell.WaitAsync(_farewell, _time);
        }
        catch (TimeoutException)
        {
            _log("the broker does not take the last messages; leaving without them");
            await bus.AbortAsync();
            await farewell;
        }
    }
}
