using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Agent;

/// <summary>Who the agent is: what the connector announced, found good, and what follows from it (<c>kanto-container-management.md</c> 1.7).</summary>
internal sealed record AgentIdentity
{
    // None of these can stand in a topic that is published to, or would make another topic of it.
    private static readonly SearchValues<char> _unfitForTopics = SearchValues.Create("/+#\0");

    private AgentIdentity(GatewayIdentity gateway, ThingId thing)
    {
        Gateway = gateway;
        Thing = thing;
    }

    /// <summary>What was announced.</summary>
    public GatewayIdentity Gateway { get; }

    /// <summary>The thing whose features the containers are.</summary>
    public ThingId Thing { get; }

    /// <summary>Where the agent publishes.</summary>
    public string EventTopic => DeviceTopic.Event(Gateway.TenantId, Thing.ToString()).ToString();

    /// <summary>What the agent subscribes.</summary>
    public string CommandFilter => DeviceTopic.CommandFilter(Thing.ToString());

    /// <summary>Takes an announced identity, or says why not. The original takes anything and then publishes for the thing
    /// <c>::edge:containers</c> (HAZARD in 1.4); we differ on purpose.</summary>
    public static bool TryCreate(
        GatewayIdentity gateway, [NotNullWhen(true)] out AgentIdentity? identity, [NotNullWhen(false)] out string? problem)
    {
        identity = null;
        if (gateway.TenantId.Length == 0)
            problem = "the tenantId is empty";
        else if (gateway.TenantId.AsSpan().ContainsAny(_unfitForTopics))
            problem = $"the tenantId '{gateway.TenantId}' cannot be part of a topic";
        else if (gateway.DeviceId.AsSpan().ContainsAny(_unfitForTopics))
            problem = $"the deviceId '{gateway.DeviceId}' cannot be part of a topic";
        else if (!ThingId.TryParse(gateway.DeviceId, out _, out problem))
            problem = $"the deviceId is no thing id: {problem}";
        else if (ThingId.TryParse($"{gateway.DeviceId}:{ContainerFeature.ThingSuffix}", out var thing, out problem))
            identity = new AgentIdentity(gateway, thing);
        return identity is not null;
    }

    /// <summary>Whether the other one is the same device of the same tenant, whatever its policy.</summary>
    public bool IsSameDevice(AgentIdentity other) =>
        Gateway.TenantId == other.Gateway.TenantId && Gateway.DeviceId == other.Gateway.DeviceId;
}
