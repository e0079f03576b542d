using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Simulator.Connector;

/// <summary>How the cloud connector presents itself.</summary>
public sealed record ConnectorOptions
{
    /// <summary>Who the gateway is.</summary>
    public required GatewayIdentity Identity { get; init; }

    /// <summary>MQTT client id of the connection that is always on; default <c>connector</c>, as the suite connector's.</summary>
    public string ConnectorClientId { get; init; } = "connector";

    /// <summary>MQTT client id of the connection that is on while the cloud can be reached; default <c>cloud</c>, as the suite connector's.
    /// A real connector with the same id would be replaced, and its queued messages taken over.</summary>
    public string CloudClientId { get; init; } = "cloud";

    /// <summary>Who listens to commands on the bus; default <see langword="null"/>, then no twin gets the feature <c>ConnectionStatus</c>.</summary>
    public CommandListeners? Listeners { get; init; }
}
