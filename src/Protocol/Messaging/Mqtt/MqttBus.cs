using System.Text;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Leda.Harness.Protocol.Messaging.Mqtt;

/// <summary>A client of an MQTT broker. Time-outs are those of Kanto's connectors.</summary>
internal sealed class MqttBus(BrokerAddress broker, BusOptions options, TimeProvider time) : IMessageBus
{
    private const int MostUnread = 1_000;

    private static readonly TimeSpan _acknowledgeLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _subscribeLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _unsubscribeLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _goodbyeLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly EventQueue _events = new(MostUnread);
    private ConnectionKeeper? _keeper;
    private bool _disposed;

    public string ClientId => options.ClientId;

    public ChannelReader<BusEvent> Events => _events;

    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        ConnectionKeeper keeper;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            keeper = _keeper ??= new ConnectionKeeper(broker, ClientOptions, _events, time);
        }

        try
        {
            await keeper.Connected.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            await AbortAsync();
            throw new OperationCanceledException(
                $"client '{ClientId}' stopped connecting to {broker}: {keeper.LastError ?? "no answer yet"}", error, cancellationToken);
        }
    }

    public async Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        using var limit = Limit(_goodbyeLimit, cancellationToken);
        await EndAsync(connection => connection.LeaveAsync(limit.Token));
    }

    public Task AbortAsync() => EndAsync(connection => connection.AbortAsync());

    public Task SubscribeAsync(
        string filter, QualityOfService qos = QualityOfService.AtLeastOnce, CancellationToken cancellationToken = default)
    {
        var request = new MqttClientSubscribeOptions
        {
            TopicFilters = [new MqttTopicFilterBuilder().WithTopic(Checked(filter)).WithQualityOfServiceLevel((MqttQualityOfServiceLevel)qos).Build()],
        };
        return RequestAsync($"subscribed to '{filter}'", _subscribeLimit, SubscribeAsync, cancellationToken);

        async Task SubscribeAsync(IMqttClient client, CancellationToken token)
        {
            var result = await client.SubscribeAsync(request, token);
            if (result.Items.Single().ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
                throw new BusException($"{broker} refused client '{ClientId}' the subscription to '{filter}'");
        }
    }

    public Task UnsubscribeAsync(string filter, CancellationToken cancellationToken = default)
    {
        var request = new MqttClientUnsubscribeOptions { TopicFilters = [Checked(filter)] };
        return RequestAsync(
            $"unsubscribed from '{filter}'", _unsubscribeLimit, (client, token) => client.UnsubscribeAsync(request, token), cancellationToken);
    }

    public Task PublishAsync(BusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (TopicName.Check(message.Topic) is { } problem)
            throw new BusException($"client '{ClientId}' cannot publish: {problem}");
        var wire = new MqttApplicationMessage
        {
            Topic = message.Topic,
            Payload = new(message.Payload),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.Qos,
            Retain = message.Retain,
        };
        return RequestAsync($"published on '{message.Topic}'", _acknowledgeLimit, (client, token) => client.PublishAsync(wire, token), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _disposed = true;
        await DisconnectAsync();
        _events.Complete();
    }

    /// <summary>Asks the broker something, within a limit, with one kind of error for all that can go wrong.</summary>
    private async Task RequestAsync(string what, TimeSpan limit, Func<IMqttClient, CancellationToken, Task> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Volatile.Read(ref _keeper)?.Current
            ?? throw new BusException($"client '{ClientId}' is not connected to {broker}; call ConnectAsync, or wait for the Connected event");
        using var limited = Limit(limit, cancellationToken);
        try
        {
            await request(connection.Client, limited.Token);
        }
        catch (Exception error) when (error is MqttCommunicationException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new BusException($"client '{ClientId}' {what} and {(limited.IsUp ? NoAnswer() : CutOff())}", error);

            string NoAnswer() => $"got no answer from {broker} within {limit.TotalSeconds} s; is the broker overloaded or stopped?";
            string CutOff() => $"was cut off from {broker} before the answer: {error.Message}; try again after the Connected event";
        }
    }

    private async Task EndAsync(Func<MqttConnection, Task> end)
    {
        ConnectionKeeper? keeper;
        lock (_gate)
        {
            keeper = _keeper;
            _keeper = null;
        }

        if (keeper is null)
            return;
        await keeper.StopAsync(end);
        keeper.Dispose();
    }

    private Limited Limit(TimeSpan limit, CancellationToken cancellationToken) => new(limit, time, cancellationToken);

    private string Checked(string filter) => TopicFilter.TryParse(filter, out _, out var problem)
        ? filter
        : throw new BusException($"client '{ClientId}' cannot subscribe: {problem}");

    private MqttClientOptions ClientOptions() => new()
    {
        ClientId = options.ClientId,
        ProtocolVersion = MqttProtocolVersion.V311,
        CleanSession = options.CleanSession,
        KeepAlivePeriod = options.KeepAlive,
        Credentials = options.UserName is { } user ? new MqttClientCredentials(user, options.Password is { } word ? Encoding.UTF8.GetBytes(word) : null) : null,
        WillTopic = options.Will?.Topic,
        WillPayload = options.Will?.Payload.ToArray(),
        WillQualityOfServiceLevel = (MqttQualityOfServiceLevel)(options.Will?.Qos ?? default),
        WillRetain = options.Will?.Retain ?? false,
    };
}
