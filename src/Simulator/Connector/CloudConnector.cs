using System.Runtime.ExceptionServices;
using System.Text.Json;
using System.Threading.Channels;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// The cloud connector: a client of the bus that behaves like Kanto's suite connector (<c>connectors-and-leda.md</c> 1), with the cloud
/// behind it in the same process. It announces the gateway's identity and the connection's status, takes events and telemetry to the twins,
/// brings commands to the device and their answers back.
/// </summary>
/// <remarks>
/// Two clients, as the original: one always on, which owns the will and publishes status and identity; one only while the cloud can be
/// reached, with a persistent session, so that the broker is the offline queue. <see cref="Responses"/> has one reader.
/// </remarks>
public sealed class CloudConnector : IAsyncDisposable
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
    private readonly TwinFeed _twins;
    private readonly TimeProvider _time;
    private readonly CorrelationCache _correlations;
    private readonly Channel<Envelope> _responses = Channel.CreateBounded<Envelope>(1_000);
    private readonly SemaphoreSlim _switching = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private bool _wanted;
    private ExceptionDispatchInfo? _defect;
    private Task _keeping = Task.CompletedTask;
    private Task _serving = Task.CompletedTask;
    private TaskCompletionSource _announced = NewSignal();
    private bool _crashed;

    private CloudConnector(ConnectorOptions options, IBusFactory bus, TwinFeed twins, TimeProvider time)
    {
        _local = bus.Create(new BusOptions
        {
            ClientId = options.ConnectorClientId,
            Will = StatusMessage(ConnectionStatus.Down(ConnectionStatus.Unknown)),
        });
        _cloud = bus.Create(new BusOptions { ClientId = options.CloudClientId, CleanSession = false });
        _twins = twins;
        _time = time;
        _correlations = new CorrelationCache(time);
        Identity = options.Identity;
    }

    /// <summary>Who the gateway is at present.</summary>
    public GatewayIdentity Identity { get; private set; }

    /// <summary>Whether the cloud can be reached at present.</summary>
    public bool IsOnline { get; private set; }

    /// <summary>Answers of devices to commands that were sent from here, each once; others are ignored as the original does.</summary>
    public ChannelReader<Envelope> Responses => _responses.Reader;

    /// <summary>Connects both clients and announces status and identity.</summary>
    /// <param name="options">Identity and client ids.</param>
    /// <param name="bus">The bus.</param>
    /// <param name="twins">Where events and telemetry go.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempts to connect.</param>
    public static async Task<CloudConnector> StartAsync(
        ConnectorOptions options, IBusFactory bus, TwinFeed twins, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var connector = new CloudConnector(options, bus, twins, time);
        try
        {
            await connector._local.ConnectAsync(cancellationToken);
            connector._keeping = connector._local.Events.ForEachAsync(connector.KeepStatusAsync);
            connector._serving = connector.ServeAllAsync();
            await connector.GoOnlineAsync(cancellationToken);
            return connector;
        }
        catch
        {
            await connector.DisposeAsync();
            throw;
        }
    }

    /// <summary>The cloud can be reached (again): first the retained status, then the identity is published.</summary>
    public Task GoOnlineAsync(CancellationToken cancellationToken = default) => SwitchAsync(() => ConnectCloudAsync(cancellationToken));

    /// <summary>The cloud can no longer be reached: nothing is taken from the bus, then the status tells the cause.</summary>
    /// <param name="cause">One of the constants of <see cref="ConnectionStatus"/>; default <see cref="ConnectionStatus.Error"/>.</param>
    public Task GoOfflineAsync(string cause = ConnectionStatus.Error) => SwitchAsync(() => DisconnectCloudAsync(cause));

    /// <summary>Takes another identity while running, as the original does when its provisioning file changes: closed, update, and, if it
    /// was online, online with the new ids.</summary>
    public Task ChangeIdentityAsync(GatewayIdentity identity, CancellationToken cancellationToken = default) => SwitchAsync(async () =>
    {
        var wasOnline = IsOnline;
        await DisconnectCloudAsync(ConnectionStatus.Closed);
        await PublishStatusAsync(ConnectionStatus.Down(ConnectionStatus.ProvisioningUpdate, _time.GetUtcNow()));
        Identity = identity;
        if (wasOnline)
            await ConnectCloudAsync(cancellationToken);
    });

    /// <summary>Loses both connections as a killed process would; the broker publishes the will. <see cref="GoOnlineAsync"/> comes back.</summary>
    public Task CrashAsync() => SwitchAsync(async () =>
    {
        _crashed = true;
        Want(false);
        await _cloud.AbortAsync();
        await _local.AbortAsync();
    });

    /// <summary>
    /// Brings a command to a device: on its long topic, then on its short one, QoS 0, not retained (<c>connectors-and-leda.md</c> 1.6).
    /// </summary>
    /// <param name="topic">A command request in the long form.</param>
    /// <param name="payload">An envelope; anything else is dropped, as the original does.</param>
    /// <returns>Whether it went out. It does not while offline, nor if the payload is no envelope with text headers.</returns>
    public async Task<bool> SendCommandAsync(DeviceTopic topic, ReadOnlyMemory<byte> payload)
    {
        if (!IsOnline || !Envelope.TryParse(payload.Span, out var command, out _) || !HasTextHeaders(command))
            return false;
        if (topic.Device == Identity.DeviceId)
            topic = DeviceTopic.Command("", topic.RequestId, topic.Subject);
        if (command.Headers.CorrelationId is { Length: > 0 } id)
            _correlations.Remember(id, command.Headers.Timeout);
        try
        {
            await _cloud.PublishAsync(new BusMessage(topic.ToString(), payload, QualityOfService.AtMostOnce));
            await _cloud.PublishAsync(new BusMessage(topic.Short().ToString(), payload, QualityOfService.AtMostOnce));
            return true;
        }
        catch (BusException)
        {
            return false;
        }
    }

    /// <summary>An orderly stop: the status becomes <see cref="ConnectionStatus.Closed"/>.</summary>
    /// <remarks>If something behind the connector has thrown an exception, a defect of the harness, it comes out here.</remarks>
    public async ValueTask DisposeAsync()
    {
        _closing.Cancel(); // who waits for a broker that is not there need not wait any longer
        if (!_crashed)
            await GoOfflineAsync(ConnectionStatus.Closed);
        await _cloud.DisposeAsync();
        await _local.DisposeAsync();
        _responses.Writer.TryComplete(); // the loop may wait for room that nobody makes
        await Task.WhenAll(_keeping, _serving);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static BusMessage StatusMessage(ConnectionStatus status) =>
        new(EdgeTopics.RemoteStatus, status.ToUtf8(), QualityOfService.AtLeastOnce, Retain: true);

    private static bool HasTextHeaders(Envelope command) =>
        IsText(command.Headers.Find("correlation-id")) && IsText(command.Headers.Find("timeout"));

    private static bool IsText(JsonElement? header) => header is null or { ValueKind: JsonValueKind.String };

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
        else if (happened is BusEvent.Received { Message: var message })
            await TakeAsync(message);
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

    private async Task TakeAsync(BusMessage message)
    {
        if (message.Topic == EdgeTopics.ThingRequest)
            await PublishIdentityAsync();
        else if (!DeviceTopic.TryParse(message.Topic, out var topic, out _))
            return;
        else if (topic.Kind is DeviceTopicKind.Event or DeviceTopicKind.Telemetry)
            await _twins.ApplyAsync(topic.Device.Length > 0 ? topic.Device : Identity.DeviceId, message.Payload);
        else if (topic.Kind == DeviceTopicKind.CommandResponse)
            await RespondAsync(message);
    }

    private async Task RespondAsync(BusMessage message)
    {
        if (!Envelope.TryParse(message.Payload.Span, out var response, out _) || !_correlations.Take(response.Headers.CorrelationId))
            return;
        try
        {
            await _responses.Writer.WriteAsync(response);
        }
        catch (ChannelClosedException)
        {
            // The connector stops; whoever waits for answers is told by the end of the channel.
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
