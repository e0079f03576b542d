using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Tests.Connector;

/// <summary>Remembers the clients that it makes, so that a test can break and mend a single one.</summary>
internal sealed class KnownBuses(IBusFactory inner) : IBusFactory
{
    private readonly Dictionary<string, IMessageBus> _byClientId = [];

    public IMessageBus this[string clientId] => _byClientId[clientId];

    public IMessageBus Create(BusOptions options) => _byClientId[options.ClientId] = inner.Create(options);
}
