using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device;

/// <summary>An agent's ear: hands on what a connection brings, one after the other, and lets nothing of it end the agent.</summary>
internal sealed class BusListener : IAsyncDisposable
{
    private readonly IMessageBus _bus;
    private readonly Func<BusEvent, Task> _take;
    private readonly Func<Task> _unsubscribe;
    private readonly Action<string> _log;
    private readonly Task _loop;
    private volatile bool _connected;
    private volatile bool _stopping;

    /// <param name="bus">The connection, which is this listener's from now on.</param>
    /// <param name="take">Takes what arrives.</param>
    /// <param name="unsubscribe">Ends the subscriptions, before it leaves.</param>
    /// <param name="log">For people.</param>
    public BusListener(IMessageBus bus, Func<BusEvent, Task> take, Func<Task> unsubscribe, Action<string> log)
    {
        _bus = bus;
        _take = take;
        _unsubscribe = unsubscribe;
        _log = log;
        _loop = bus.Events.ForEachAsync(HandleAsync);
    }

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    public bool IsStopping => _stopping;

    /// <summary>From now on nothing that arrives has an effect.</summary>
    public void Stop() => _stopping = true;

    /// <summary>Leaves the bus in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connected)
            await SayGoodbyeAsync();
        await _bus.DisposeAsync();
        await _loop;
    }

    private async Task SayGoodbyeAsync()
    {
        try
        {
            await _unsubscribe();
            await _bus.DisconnectAsync();
        }
        catch (BusException e)
        {
            _log($"left without a goodbye: {e.Message}");
        }
    }

    private async ValueTask HandleAsync(BusEvent happened)
    {
        if (_stopping)
            return;
        try
        {
            if (happened is BusEvent.Connected or BusEvent.Disconnected)
                _connected = happened is BusEvent.Connected;
            await _take(happened);
            if (happened is BusEvent.Disconnected lost)
                _log($"not connected: {lost.Reason}");
        }
        catch (BusException e)
        {
            _log($"the connection failed, waiting for the next one: {e.Message}");
        }
        catch (Exception e) // Nothing that arrives from outside may end the agent, nor hold up its end.
        {
            if (!_stopping)
                _log($"unexpected, please report: {e}");
        }
    }
}
