using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Features;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Agent;

/// <summary>
/// Everything that the agent says about its containers and in answer to commands goes through here, in one order. It knows the containers
/// from what it was told of them, so that a registration and the events around it can neither miss nor double anything (the original
/// loses what happens between the two, HAZARD in <c>kanto-container-management.md</c> 1.6).
/// </summary>
internal sealed class Outbox : IAsyncDisposable
{
    private readonly IMessageBus _bus;
    private readonly FeatureLedger _ledger;
    private readonly IdSource _ids;
    private readonly Action<string> _log;
    private readonly Mailbox _mailbox;
    private readonly OrderedDictionary<string, Container> _containers = new(StringComparer.Ordinal);
    private AgentIdentity? _identity;
    private int _registration;

    public Outbox(IMessageBus bus, FeatureLedger ledger, IdSource ids, Action<string> log)
    {
        _bus = bus;
        _ledger = ledger;
        _ids = ids;
        _log = log;
        _mailbox = new Mailbox(log);
    }

    /// <summary>How often the features were registered: what clients asked for before the last time is void (1.8).</summary>
    public int Registration => Volatile.Read(ref _registration);

    /// <summary>Something happened to a container. Without an identity it is only remembered.</summary>
    public ValueTask TellAsync(ContainerEvent happened) => _mailbox.PostAsync(() => PublishAsync(happened));

    /// <summary>Says something about the thing; without an identity it is not said.</summary>
    /// <param name="message">What to say when it is its turn; <see langword="null"/> if nothing any more.</param>
    public ValueTask SayAsync(Func<ThingId, Envelope?> message) => _mailbox.PostAsync(async () =>
    {
        if (_identity is { } identity && message(identity.Thing) is { } envelope)
            await PublishAsync(identity, envelope);
    });

    /// <summary>An answer to a command, after everything that the command caused.</summary>
    public ValueTask RespondAsync(BusMessage answer) => _mailbox.PostAsync(() => PublishAsync(answer));

    /// <summary>There is no identity: nothing may be said about containers until the next <see cref="RegisterAsync"/>.</summary>
    public ValueTask ForgetAsync() => _mailbox.PostAsync(() =>
    {
        _identity = null;
        return Task.CompletedTask;
    });

    /// <summary>Publishes all features under this identity and keeps them up to date from then on; returns when they are published.</summary>
    public Task RegisterAsync(AgentIdentity identity) => _mailbox.AskAsync(async () =>
    {
        _identity = identity;
        Interlocked.Increment(ref _registration);
        foreach (var group in Shuffled([RegisterContainersAsync, RegisterSoftwareAsync, RegisterMetricsAsync]))
            await group(identity);
    });

    /// <summary>Says what is left to say, and takes nothing more.</summary>
    public ValueTask DisposeAsync() => _mailbox.DisposeAsync();

    private async Task RegisterContainersAsync(AgentIdentity identity)
    {
        _ledger.Add(identity.Thing, _containers.Keys);
        foreach (var container in _containers.Values)
            await PublishAsync(identity, TwinMessages.Whole(identity.Thing, container));
        var unconfirmed = new List<string>();
        foreach (var stale in _ledger.Of(identity.Thing).Where(id => !_containers.ContainsKey(id)).ToList())
        {
            if (!await PublishAsync(identity, TwinMessages.Gone(identity.Thing, stale)))
                unconfirmed.Add(stale);
        }

        _ledger.Reset(identity.Thing, _containers.Keys.Concat(unconfirmed));
        await PublishAsync(identity, TwinMessages.Factory(identity.Thing));
    }

    private Task RegisterSoftwareAsync(AgentIdentity identity) =>
        PublishAsync(identity, TwinMessages.Software(identity.Thing, _containers.Values));

    private Task RegisterMetricsAsync(AgentIdentity identity) => PublishAsync(identity, TwinMessages.Metrics(identity.Thing));

    private async Task PublishAsync(ContainerEvent happened)
    {
        var container = happened.Container;
        if (happened.Kind == ContainerEventKind.Removed)
            _containers.Remove(container.Id);
        else
            _containers[container.Id] = container;
        if (_identity is not { } identity)
            return;

        // Between different features the order is free; this is the one that the recordings show.
        var thing = identity.Thing;
        switch (happened.Kind)
        {
            case ContainerEventKind.Created:
                _ledger.Add(thing, container.Id);
                await PublishAsync(identity, TwinMessages.Whole(thing, container));
                await PublishAsync(identity, TwinMessages.Installed(thing, _containers.Values));
                await PublishAsync(identity, TwinMessages.State(thing, container));
                break;
            case ContainerEventKind.Removed:
                await PublishAsync(identity, TwinMessages.State(thing, container));
                await PublishAsync(identity, TwinMessages.Installed(thing, _containers.Values));
                if (await PublishAsync(identity, TwinMessages.Gone(thing, container.Id)))
                    _ledger.Remove(thing, container.Id);
                break;
            case ContainerEventKind.Renamed:
                await PublishAsync(identity, TwinMessages.Name(thing, container));
                break;
            case ContainerEventKind.Updated:
                await PublishAsync(identity, TwinMessages.Config(thing, container));
                break;
            case not ContainerEventKind.Restored:
                await PublishAsync(identity, TwinMessages.State(thing, container));
                break;
        }
    }

    private Task<bool> PublishAsync(AgentIdentity identity, Envelope message) =>
        PublishAsync(new BusMessage(identity.EventTopic, message.ToUtf8()));

    private async Task<bool> PublishAsync(BusMessage message)
    {
        try
        {
            await _bus.PublishAsync(message);
            return true;
        }
        catch (BusException e)
        {
            // The next connection publishes everything anew; an answer is lost, as it is when the original's acknowledgement times out.
            _log($"not published on {message.Topic}: {e.Message}");
            return false;
        }
    }

    /// <summary>In random order, as the original walks an unordered map: nobody is to rely on one.</summary>
    private Func<AgentIdentity, Task>[] Shuffled(Func<AgentIdentity, Task>[] groups)
    {
        for (var i = groups.Length - 1; i > 0; i--)
        {
            var j = _ids.Next(0, i + 1);
            (groups[i], groups[j]) = (groups[j], groups[i]);
        }

        return groups;
    }
}
