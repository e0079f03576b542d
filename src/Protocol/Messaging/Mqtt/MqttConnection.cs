using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace Leda.Harness.Protocol.Messaging.Mqtt;

/// <summary>One connection to a broker, from CONNECT until it is lost or left. It has MQTTnet's client for itself, so that nothing of an
/// earlier connection can reach into it.</summary>
internal sealed class MqttConnection : IDisposable
{
    private readonly MqttClient _client = (MqttClient)new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OwnSocket _socket = new();
    private readonly EventQueue _events;
    private string? _farewell;

    private MqttConnection(EventQueue events)
    {
        _events = events;
        _client.ApplicationMessageReceivedAsync += OnReceivedAsync;
        _client.DisconnectedAsync += OnDisconnectedAsync;
    }

    public IMqttClient Client => _client;

    public bool SessionPresent { get; private set; }

    /// <summary>Completed when the connection is over, with the reason.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Connects once.</summary>
    /// <exception cref="BusException">The broker refused.</exception>
    public static async Task<MqttConnection> OpenAsync(BrokerAddress broker, MqttClientOptions options, EventQueue events, CancellationToken cancellationToken)
    {
        var connection = new MqttConnection(events);
        try
        {
            options.ChannelOptions = new MqttClientTcpOptions
            {
                RemoteEndpoint = new DnsEndPoint(broker.Host, broker.Port),
                StreamProvider = connection._socket,
            };
            var result = await connection._client.ConnectAsync(options, cancellationToken);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
                throw new BusException($"{broker} refused client '{options.ClientId}': {result.ResultCode}");
            connection.SessionPresent = result.IsSessionPresent;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Says that the client knows of this connection; messages come only after that.</summary>
    public void Announce() => _announced.TrySetResult();

    /// <summary>Says goodbye and closes.</summary>
    public async Task LeaveAsync(CancellationToken limit)
    {
        _farewell = "left";
        _closing.Cancel();
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), limit);
        }
        catch (Exception error) when (error is MqttCommunicationException or OperationCanceledException or ObjectDisposedException)
        {
            // It was lost meanwhile, which comes to the same.
        }

        _lost.TrySetResult("left");
    }

    /// <summary>Closes without a goodbye, as a crash would.</summary>
    public async Task AbortAsync()
    {
        _farewell = "cut";
        _closing.Cancel();
        _socket.Abort();
        await _lost.Task; // MQTTnet notices, and has ended its own tasks then
    }

    // Not _closing: who leaves may hold a connection that is lost at the same moment, and it owns nothing that needs it.
    public void Dispose()
    {
        try
        {
            _client.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // MQTTnet noticed the loss at this moment, and is closing by itself.
        }
    }

    private async Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        // If this throws, because the connection is being closed, MQTTnet does not acknowledge and the broker keeps the message.
        await _announced.Task.WaitAsync(_closing.Token);
        var message = e.ApplicationMessage;
        var payload = message.Payload.IsSingleSegment ? message.Payload.First : message.Payload.ToArray();
        var received = new BusMessage(message.Topic, payload, (QualityOfService)message.QualityOfServiceLevel, message.Retain);
        await _events.EnterAsync(new BusEvent.Received(received), _closing.Token);
    }

    private Task OnDisconnectedAsync(MqttClientDisconnectedEventArgs e)
    {
        _lost.TrySetResult(_farewell ?? $"lost: {e.Exception?.Message ?? e.ReasonString ?? "the broker closed the connection"}");
        return Task.CompletedTask;
    }

    /// <summary>The socket under MQTTnet, kept so that it can be cut. (MQTTnet's own lingers 0 s at every close, which can tear down a
    /// goodbye on its way.)</summary>
    private sealed class OwnSocket : IMqttClientStreamProvider
    {
        private Socket? _socket;

        public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(brokerEndPoint, cancellationToken);
                _socket = socket;
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        public void Abort() => _socket?.Close(timeout: 0);
    }
}
