namespace Leda.Harness.Protocol.Kanto;

/// <summary>The topics of the local bus on which an agent learns who it is (<c>connectors-and-leda.md</c> 1.2 and 1.3).</summary>
public static class EdgeTopics
{
    /// <summary>An agent asks for its identity; the payload means nothing.</summary>
    public const string ThingRequest = "edge/thing/request";

    /// <summary>The connector tells the identity, a <see cref="GatewayIdentity"/>; never retained.</summary>
    public const string ThingResponse = "edge/thing/response";

    /// <summary>Whether the cloud can be reached, a retained <see cref="ConnectionStatus"/>.</summary>
    public const string RemoteStatus = "edge/connection/remote/status";
}
