namespace Leda.Harness.Protocol.Messaging;

/// <summary>How a client joins the bus.</summary>
public sealed record BusOptions
{
    /// <summary>The MQTT client id. A second client of the same id takes the connection over, as the standard says.</summary>
    public required string ClientId { get; init; }

    /// <summary>Whether the broker forgets subscriptions and queued messages when the client leaves; default true.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>What the broker publishes when the client is lost without a goodbye; default none.</summary>
    public BusMessage? Will { get; init; }

    /// <summary>The user's name at the broker; default none. The in-memory bus asks for none.</summary>
    public string? UserName { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>Longest silence on the connection; default 20 s, as Kanto's agents and connectors use. The in-memory bus has none.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);
}
