using System.Runtime.ExceptionServices;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// The connector's two clients of the bus, as the suite connector has them (<c>connectors-and-leda.md</c> 1.1 to 1.4): one always on, which
/// owns the will and publishes status and identity; one only while the cloud can be reached, with a persistent session, so that the broker
/// is the offline queue. The owner of what the gateway is called and of whether it is online.
/// </summary>
internal sealed class CloudLink : IAsyncDisposable
{
    private static readonly (string Filter, QualityOfService Qos)[] _subscriptions =
    [
        ("event/#", QualityOfService.AtLeastOnce),
        ("e/#", QualityOfService.AtLeastOnce),
        ("telemetry/#", QualityOfService.AtLeastOnce),
        ("t/#", QualityOfService.AtLeastOnce),
        ("command//+/res/#", QualityOfService.AtLeastOnce),
        ("c//+/s/#", QualityOfService.AtLeastOnce),
        (EdgeTopics.ThingRequest, QualityOfService.AtMostOnce),
    ];

    private readonly IMessageBus _local;
    private readonly IMessageBus _cloud;
    private readonly Func<BusMessage, ValueTask> _take;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _switching = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private bool _wanted;
    private ExceptionDispatchInfo? _defect;
    private Task _keeping = Task.CompletedTask;
    private Task _serving = Task.CompletedTask;
    private TaskCompletionSource _announced = NewSignal();
    private bool _crashed;

    /// <summary>Makes both clients; nothing is connected yet.</summary>
    /// <param name="options">Identity and client ids.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="time">The clock.</param>
    /// <param name="take">Takes what devices publish.</param>
    public CloudLink(ConnectorOptions options, IBusFactory bus, TimeProvider time, Func<BusMessage, ValueTask> take)
    {
        _local = bus.Create(new BusOptions
        {
            ClientId = options.ConnectorClientId,
            Will = StatusMessage(ConnectionStatus.Down(ConnectionStatus.Unknown)),
        });
        _cloud = bus.Create(new BusOptions { ClientId = options.CloudClientId, CleanSession = false });
        _time = time;
        _take = take;
        Identity = options.Identity;
    }

    public GatewayIdentity Identity { get; private set; }

    public bool IsOnline { get; private set; }

    /// <summary>Connects the client that is always on, and goes online.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _local.ConnectAsync(cancellationToken);
        _keeping = _local.Events.ForEachAsync(KeepStatusAsync);
        _serving = ServeAllAsync();
        await GoOnlineAsync(cancellationToken);
    }

    public Task GoOnlineAsync(CancellationToken cancellationToken) => SwitchAsync(() => ConnectCloudAsync(cancellationToken));

    public Task GoOfflineAsync(string cause) => SwitchAsync(() => DisconnectCloudAsync(cause));

    public Task ChangeIdentityAsync(GatewayIdentity identity, CancellationToken cancellationToken) => SwitchAsync(async () =>
    {
        var wasOnline = IsOnline;
        await DisconnectCloudAsync(ConnectionStatus.Closed);
        await PublishStatusAsync(ConnectionStatus.Down(ConnectionStatus.ProvisioningUpdate, _time.GetUtcNow()));
        Identity = identity;
        if (wasOnline)
            await ConnectCloudAsync(cancellationToken);
    });

    public Task CrashAsync() => SwitchAsync(async () =>
    {
        _crashed = true;
        Want(false);
        await _cloud.AbortAsync();
        await _local.AbortAsync();
    });

    /// <summary>Publishes for the cloud; <see langword="false"/> if it is not connected.</summary>
    public async Task<bool> SendAsync(BusMessage message)
    {
        try
        {
            await _cloud.PublishAsync(message);
            return true;
        }
        catch (BusException)
        {
            return false;
        }
    }

    /// <summary>Leaves: nothing is taken any more, and the status is closed. The loops end by themselves, see <see cref="EndAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing.Cancel(); // who waits for a broker that is not there need not wait any longer
        if (!_crashed)
            await GoOfflineAsync(ConnectionStatus.Closed);
        await _cloud.DisposeAsync();
        await _local.DisposeAsync();
    }

    /// <summary>The end of the loops; a defect comes out here.</summary>
    public Task EndAsync() => Task.WhenAll(_keeping, _serving);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static BusMessage StatusMessage(ConnectionStatus status) =>
        new(EdgeTopics.RemoteStatus, status.ToUtf8(), QualityOfService.AtLeastOnce, Retain: true);

    private async Task SwitchAsync(Func<Task> change)
    {
        await _switching.WaitAsync();
        try
        {
            await change();
        }
        finally
        {
            _switching.Release();
        }
    }

    private async Task ConnectCloudAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        if (_crashed)
            await _local.ConnectAsync(stop.Token);
        _crashed = false;
        if (IsOnline)
            return;
        _announced = NewSignal();
        Want(true);
        _defect?.Throw();
        await _cloud.ConnectAsync(stop.Token);
        await using var given = stop.Token.Register(() => _announced.TrySetCanceled(stop.Token));
        await _announced.Task;
    }

    private async Task DisconnectCloudAsync(string cause)
    {
        Want(false);
        await _cloud.DisconnectAsync();
        await PublishStatusAsync(ConnectionStatus.Down(cause, _time.GetUtcNow()));
    }

    /// <summary>From now on a connection makes it online, or does not: one that comes back while it goes offline comes too late.</summary>
    private void Want(bool online)
    {
        lock (_gate)
        {
            _wanted = online;
            IsOnline &= online;
        }
    }

    private bool Reached()
    {
        lock (_gate)
            return IsOnline = _wanted;
    }

    private async ValueTask KeepStatusAsync(BusEvent happened)
    {
        // After a loss the will has to be taken back; and what the other connection had to say meanwhile could not go out.
        if (happened is BusEvent.Connected && IsOnline)
            await PublishStatusAndIdentityAsync();
    }

    private async Task ServeAllAsync()
    {
        try
        {
            await _cloud.Events.ForEachAsync(ServeAsync);
        }
        catch (Exception error)
        {
            lock (_gate)
                _defect = ExceptionDispatchInfo.Capture(error); // for who goes online later
            _announced.TrySetException(error);
            _ = _announced.Task.Exception; // nobody may be waiting for it
            throw;
        }
    }

    private async ValueTask ServeAsync(BusEvent happened)
    {
        if (happened is BusEvent.Connected)
            await AnnounceAsync();
        else if (happened is BusEvent.Received { Message.Topic: EdgeTopics.ThingRequest })
            await PublishIdentityAsync();
        else if (happened is BusEvent.Received { Message: var message })
            await _take(message);
    }

    private async Task AnnounceAsync()
    {
        try
        {
            foreach (var (filter, qos) in _subscriptions)
                await _cloud.SubscribeAsync(filter, qos);
            if (!Reached())
                return;
            await PublishStatusAndIdentityAsync();
            _announced.TrySetResult();
        }
        catch (BusException)
        {
            // The connection broke meanwhile; the next one announces again.
        }
    }

    private async Task PublishStatusAndIdentityAsync()
    {
        await PublishStatusAsync(ConnectionStatus.Up(_time.GetUtcNow()));
        await PublishIdentityAsync();
    }

    private Task PublishStatusAsync(ConnectionStatus status) => PublishAsync(StatusMessage(status));

    private Task PublishIdentityAsync() =>
        PublishAsync(new BusMessage(EdgeTopics.ThingResponse, Identity.ToUtf8(), QualityOfService.AtMostOnce));

    private async Task PublishAsync(BusMessage message)
    {
        try
        {
            await _local.PublishAsync(message);
        }
        catch (BusException)
        {
            // Not connected: the next connection publishes both again, see KeepStatusAsync.
        }
    }
}
