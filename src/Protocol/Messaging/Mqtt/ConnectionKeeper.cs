using MQTTnet;

namespace Leda.Harness.Protocol.Messaging.Mqtt;

/// <summary>Keeps a client connected from ConnectAsync until DisconnectAsync or AbortAsync: one loop, which announces each change.</summary>
internal sealed class ConnectionKeeper : IDisposable
{
    private static readonly TimeSpan _attemptLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BrokerAddress _broker;
    private readonly Func<MqttClientOptions> _options;
    private readonly EventQueue _events;
    private readonly TimeProvider _time;
    private readonly Task _loop;

    public ConnectionKeeper(BrokerAddress broker, Func<MqttClientOptions> options, EventQueue events, TimeProvider time)
    {
        _broker = broker;
        _options = options;
        _events = events;
        _time = time;
        _loop = KeepAsync();
    }

    /// <summary>Completed when the first connection stands; failed if the keeper is stopped before.</summary>
    public Task Connected => _connected.Task;

    /// <summary>The connection at the moment, or null.</summary>
    public MqttConnection? Current { get; private set; }

    /// <summary>Why the last attempt failed, for people.</summary>
    public string? LastError { get; private set; }

    /// <summary>Ends the connection in the given way, and the loop.</summary>
    public async Task StopAsync(Func<MqttConnection, Task> end)
    {
        MqttConnection? connection;
        lock (_gate)
        {
            _stop.Cancel();
            connection = Current;
        }

        if (connection is not null)
            await end(connection);
        await _loop;
    }

    public void Dispose() => _stop.Dispose();

    private async Task KeepAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the caller need not wait for the first attempt
        try
        {
            for (var pause = TimeSpan.Zero; ; pause = _firstPause)
            {
                using var connection = await DialAsync(pause);
                _events.Announce(new BusEvent.Connected(connection.SessionPresent));
                connection.Announce();
                _connected.TrySetResult();
                var reason = await connection.Lost;
                Current = null;
                _events.Announce(new BusEvent.Disconnected(reason));
                _stop.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _connected.TrySetException(new BusException($"gave up connecting to {_broker}, because the client was told to leave"));
            _ = _connected.Task.Exception; // nobody may be waiting for it
        }
    }

    private async Task<MqttConnection> DialAsync(TimeSpan pause)
    {
        while (true)
        {
            await Task.Delay(pause, _time, _stop.Token);
            try
            {
                using var limit = new Limited(_attemptLimit, _time, _stop.Token);
                var connection = await MqttConnection.OpenAsync(_broker, _options(), _events, limit.Token);
                if (await AdoptAsync(connection))
                    return connection;
            }
            catch (Exception error)
            {
                // Whatever it was, the broker may be there the next time; and an attempt that fails while we stop is no failure to stop.
                if (!_stop.IsCancellationRequested)
                    LastError = error.Message;
            }

            _stop.Token.ThrowIfCancellationRequested();
            pause = pause == TimeSpan.Zero ? _firstPause : pause * 2 > _longestPause ? _longestPause : pause * 2;
        }
    }

    private async Task<bool> AdoptAsync(MqttConnection connection)
    {
        lock (_gate)
        {
            if (!_stop.IsCancellationRequested)
            {
                Current = connection;
                return true;
            }
        }

        // Stopped at the last moment: nobody else knows this connection.
        await connection.LeaveAsync(CancellationToken.None);
        connection.Dispose();
        return false;
    }
}
