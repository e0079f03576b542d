using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Agent;

/// <summary>
/// What is to be said and can be said later, in order: there may be no connection now, or no identity. The original leaves it to its MQTT
/// library to keep such messages (<c>kanto-container-management.md</c> 1.8). Used by the <see cref="Outbox"/> only.
/// </summary>
/// <param name="publish">Publishes a message and tells whether that worked.</param>
/// <param name="log">Told about messages that are given up.</param>
internal sealed class Backlog(Func<BusMessage, Task<bool>> publish, Action<string> log)
{
    private const int Most = 1024;

    private readonly Queue<Func<AgentIdentity, BusMessage?>> _messages = new();

    /// <summary>Adds a message as the last one; beyond the bound the first one is given up.</summary>
    /// <param name="message">The message when it is its turn; <see langword="null"/> if there is nothing to say any more.</param>
    public void Add(Func<AgentIdentity, BusMessage?> message)
    {
        if (_messages.Count == Most)
            GiveUpFirst();
        _messages.Enqueue(message);
    }

    /// <summary>Says all of it, until something cannot be said.</summary>
    /// <returns>Whether all of it is said.</returns>
    public async Task<bool> TryClearAsync(AgentIdentity identity)
    {
        while (_messages.TryPeek(out var next))
        {
            if (next(identity) is { } message && !await publish(message))
                return false;
            _messages.Dequeue();
        }

        return true;
    }

    /// <summary>Gives up the first one: a message for which the broker cuts each connection must not be tried for ever.</summary>
    public void GiveUpFirst()
    {
        if (_messages.TryDequeue(out _))
            log("a message that could not be published for long is given up");
    }

    /// <summary>Gives up all of it.</summary>
    public void GiveUp()
    {
        if (_messages.Count > 0)
            log($"{_messages.Count} messages could not be published before the device stopped");
        _messages.Clear();
    }
}
