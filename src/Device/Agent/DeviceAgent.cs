using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Agent;

/// <summary>
/// The agent's ear: learns who the device is, and hands commands on (<c>kanto-container-management.md</c> 1.3 to 1.8, 2.1, 2.6). It is the
/// one owner of the identity. Commands are carried out one at a time in the order of arrival, apart from this loop, so that a slow one
/// does not delay the handshake after a lost connection.
/// </summary>
internal sealed class DeviceAgent : IAsyncDisposable
{
    private static readonly byte[] _emptyEnvelope = """{"topic":"","headers":null,"path":""}"""u8.ToArray();

    private readonly IMessageBus _bus;
    private readonly Outbox _outbox;
    private readonly CommandDispatcher _dispatcher;
    private readonly Action<string> _log;
    private readonly Mailbox _commands;
    private readonly BusListener _listener;
    private AgentIdentity? _identity;
    private bool _twinDeleted;

    public DeviceAgent(IMessageBus bus, Outbox outbox, CommandDispatcher dispatcher, Action<string> log)
    {
        _bus = bus;
        _outbox = outbox;
        _dispatcher = dispatcher;
        _log = log;
        _commands = new Mailbox(log);
        _listener = new BusListener(bus, TakeAsync, UnsubscribeAsync, log);
    }

    /// <summary>From now on nothing that arrives has an effect.</summary>
    public void StopListening() => _listener.Stop();

    /// <summary>Waits for the command at hand.</summary>
    public ValueTask FinishAsync() => _commands.DisposeAsync();

    /// <summary>Leaves the bus in good order.</summary>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task UnsubscribeAsync()
    {
        await _bus.UnsubscribeAsync(EdgeTopics.ThingResponse);
        if (_identity is { } identity)
            await _bus.UnsubscribeAsync(identity.CommandFilter);
    }

    private async Task TakeAsync(BusEvent happened)
    {
        try
        {
            switch (happened)
            {
                case BusEvent.Connected:
                    await AskWhoIAmAsync();
                    break;
                case BusEvent.Disconnected:
                    await _outbox.ForgetAsync();
                    break;
                case BusEvent.Received { Message: { Topic: EdgeTopics.ThingResponse } announcement }:
                    await TakeIdentityAsync(announcement.Payload);
                    break;
                case BusEvent.Received { Message: var message }:
                    await TakeCommandAsync(message);
                    break;
            }
        }
        catch (BusException)
        {
            // So that the next announcement starts over, should there be no next connection.
            _identity = null;
            throw;
        }
    }

    private async Task AskWhoIAmAsync()
    {
        _log("connected");
        _identity = null;
        await _outbox.ForgetAsync();
        await _bus.SubscribeAsync(EdgeTopics.ThingResponse);
        await _bus.PublishAsync(new BusMessage(EdgeTopics.ThingRequest, _emptyEnvelope));
    }

    private async Task TakeIdentityAsync(ReadOnlyMemory<byte> announcement)
    {
        switch (HandshakeStep.After(_identity, announcement.Span))
        {
            case HandshakeStep.Refuse refused:
                _log($"identity on {EdgeTopics.ThingResponse} refused, {(_identity is null ? "still waiting for one" : "keeping the old one")}: {refused.Problem}");
                break;
            case HandshakeStep.Reregister same:
                await RegisterAsync(same.Identity);
                break;
            case HandshakeStep.Adopt { Identity: var identity }:
                if (_identity is { } old)
                    await LeaveThingAsync(old);
                await RegisterAsync(identity);
                await _bus.SubscribeAsync(identity.CommandFilter);
                _log($"this device is {identity.Thing} of tenant {identity.Gateway.TenantId}");
                break;
        }
    }

    // A failure is only logged: what still arrives for the old thing is refused by its topic.
    private async Task LeaveThingAsync(AgentIdentity old)
    {
        try
        {
            await _bus.UnsubscribeAsync(old.CommandFilter);
        }
        catch (BusException e)
        {
            _log($"still subscribed to {old.CommandFilter}: {e.Message}");
        }
    }

    private async Task RegisterAsync(AgentIdentity identity)
    {
        _identity = identity;
        _twinDeleted = false;
        await _outbox.RegisterAsync(identity);
    }

    private async Task TakeCommandAsync(BusMessage message)
    {
        if (!DeviceTopic.TryParse(message.Topic, out var topic, out var problem) || topic.Kind != DeviceTopicKind.CommandRequest)
            _log($"ignored: {problem ?? $"{message.Topic} is no command"}");
        else if (_identity is not { } identity)
            _log($"ignored, no identity yet: a command on {message.Topic}");
        else if (topic.RequestId.Length == 0 && topic.Subject is "created" or "modified" or "deleted")
            await TakeTwinEventAsync(identity, topic.Subject, message.Payload);
        else if (topic.RequestId.Length == 0 && topic.Subject == "errors-response")
            _log($"the cloud refused something: {message.Text}");
        else
        {
            var command = new IncomingCommand(_twinDeleted ? null : identity.Thing, topic, message.Payload);
            await _commands.PostAsync(() => _listener.IsStopping ? Task.CompletedTask : _dispatcher.HandleAsync(command));
        }
    }

    /// <summary>Of all twin events only a thing that is deleted and created again means something: an empty twin that is to be filled (2.6).</summary>
    private async Task TakeTwinEventAsync(AgentIdentity identity, string action, ReadOnlyMemory<byte> payload)
    {
        var thing = identity.Thing;
        var isWholeThing = Envelope.TryParse(payload.Span, StringComparison.OrdinalIgnoreCase, out var happened, out _)
            && happened.Path == "/"
            && happened.Topic.StartsWith($"{thing.Namespace}/{thing.Name}/", StringComparison.Ordinal);
        switch (action)
        {
            case "deleted" when isWholeThing:
                _twinDeleted = true;
                await _outbox.ForgetAsync();
                break;
            case "created" when isWholeThing && _twinDeleted:
                await RegisterAsync(identity);
                break;
        }
    }
}
