using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Leda.Harness.Protocol.Messaging;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Leda.Harness.Simulator.Broker;

/// <summary>
/// An MQTT broker inside this process, for 3.1.1 and 5: MQTTnet's server on Kestrel's sockets, with subscriptions, retained messages,
/// wills and queues of our own, so that it stays fast with many clients and loses nothing in silence.
/// </summary>
/// <remarks>
/// A publish is acknowledged when the tap has seen it and every receiver has it in its queue. A receiver that falls behind slows the
/// publishers down; one that takes nothing at all is not waited for, and its queue overflows at
/// <see cref="EmbeddedBrokerOptions.MaxWaiting"/>, which the tap sees and <see cref="Lost"/> counts.
/// </remarks>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private static readonly TimeSpan _lastWords = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Task, ConnectionContext> _serving = new();
    private readonly IConnectionListener _listener;
    private readonly Switchboard _board;
    private readonly MqttServer _server;
    private readonly Entrance _entrance;
    private readonly TimeProvider _time;
    private readonly Task _accepting;
    private readonly Lazy<Task> _stopped;

    private EmbeddedBroker(IConnectionListener listener, Switchboard board, MqttServer server, Entrance entrance, TimeProvider time)
    {
        _listener = listener;
        _board = board;
        _server = server;
        _entrance = entrance;
        _time = time;
        _accepting = AcceptAsync();
        _stopped = new(StopOnceAsync);
    }

    /// <summary>The port that the broker listens on.</summary>
    public int Port => ((IPEndPoint)_listener.EndPoint).Port;

    /// <summary>The broker's address for clients on this machine, <c>mqtt://127.0.0.1:1883</c>.</summary>
    public Uri Url => new($"mqtt://{LocalAddress}:{Port}");

    /// <summary>How many deliveries were lost because a client did not take its messages. Anything but 0 is a failure.</summary>
    public long Lost => _board.Lost;

    private string LocalAddress => ((IPEndPoint)_listener.EndPoint).Address switch
    {
        var any when any.Equals(IPAddress.Any) => "127.0.0.1",
        var any when any.Equals(IPAddress.IPv6Any) => "[::1]",
        { AddressFamily: AddressFamily.InterNetworkV6 } six => $"[{six}]",
        var four => four.ToString(),
    };

    /// <summary>Starts a broker; when the task is done, clients can connect.</summary>
    /// <param name="options">Where to listen and how much to keep.</param>
    /// <param name="time">The clock for waiting on slow clients. (MQTTnet's keep-alive reads the machine's own.)</param>
    /// <param name="tap">Sees everything before it takes effect, and is waited for; default none.</param>
    /// <exception cref="BrokerAddressException">The port is taken, or the address is not this machine's.</exception>
    public static async Task<EmbeddedBroker> StartAsync(EmbeddedBrokerOptions options, TimeProvider time, IBusTap? tap = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var entrance = new Entrance();
        var board = new Switchboard(options, tap, time);
        var server = new MqttServer(ServerOptions(), [entrance], MqttNetNullLogger.Instance);
        board.Serve(server);
        var listener = await ListenAsync(new IPEndPoint(options.Address, options.Port));
        await server.StartAsync();
        return new EmbeddedBroker(listener, board, server, entrance, time);
    }

    /// <summary>Cuts all connections, without wills, and frees the port. Nothing is left when the task is done.</summary>
    /// <remarks>If the tap has thrown an exception, a defect of the harness, it comes out here.</remarks>
    public Task StopAsync() => _stopped.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static MqttServerOptions ServerOptions() => new()
    {
        KeepAliveOptions = { MonitorInterval = TimeSpan.FromMilliseconds(100) }, // its thread sleeps that long, also after the end
        EnablePersistentSessions = true,
        DefaultCommunicationTimeout = TimeSpan.FromSeconds(10),
        // Out of reach: BrokerSession bounds what it hands over, and says so when that is too much.
        MaxPendingMessagesPerClient = int.MaxValue,
        PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropNewMessage,
    };

    private static async Task<IConnectionListener> ListenAsync(IPEndPoint endPoint)
    {
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        try
        {
            return await transport.BindAsync(endPoint);
        }
        catch (AddressInUseException error)
        {
            throw new BrokerAddressException(
                endPoint, $"cannot listen on {endPoint}: another program has this port; stop it, or choose another port (0 for any free one)", error);
        }
        catch (SocketException error)
        {
            throw new BrokerAddressException(
                endPoint, $"cannot listen on {endPoint}: {error.Message}; choose an address of this machine and a port that you may use", error);
        }
    }

    private async Task AcceptAsync()
    {
        while (await _listener.AcceptAsync() is { } connection)
        {
            var served = ServeAsync(connection);
            _serving.TryAdd(served, connection);
            _ = served.ContinueWith(task => _serving.TryRemove(task, out _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        await Task.Yield(); // the next client need not wait for this one
        var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(4_096, 65_535));
        using var channel = new BrokerChannel(new MqttConnectionContext(formatter, connection), _board, connection.Abort);
        try
        {
            await (_entrance.ClientHandler?.Invoke(channel) ?? Task.CompletedTask);
        }
        finally
        {
            await _board.GoneAsync(channel);
            // A peer that does not read what is still to be sent would keep the connection for ever.
            await using var limit = _time.CreateTimer(_ => connection.Abort(), null, _lastWords, Timeout.InfiniteTimeSpan);
            await connection.DisposeAsync();
        }
    }

    private async Task StopOnceAsync()
    {
        await _listener.UnbindAsync();
        await _accepting;
        _board.Stop();
        // "Normal" makes MQTTnet send no DISCONNECT, on which a client that does not read could keep us waiting.
        var silently = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.NormalDisconnection };
        await _server.StopAsync(new MqttServerStopOptions { DefaultClientDisconnectOptions = silently });
        foreach (var connection in _serving.Values)
            connection.Abort(); // some may not be known to the server yet, or not read what is sent to them
        await Task.WhenAll(_serving.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await _listener.DisposeAsync();
        _server.Dispose();
        _board.ThrowDefect();
    }

    /// <summary>Where MQTTnet's server takes its connections from: we bring them, <see cref="ServeAsync"/>.</summary>
    private sealed class Entrance : IMqttServerAdapter
    {
        public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

        public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger) => Task.CompletedTask;

        public Task StopAsync() => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
