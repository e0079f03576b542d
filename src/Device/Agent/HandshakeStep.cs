using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Agent;

/// <summary>What an announced identity means for an agent (<c>kanto-container-management.md</c> 1.4).</summary>
internal abstract record HandshakeStep
{
    private HandshakeStep()
    {
    }

    /// <summary>Nothing to do: it is the identity that the agent has.</summary>
    public sealed record Keep : HandshakeStep;

    /// <summary>It cannot be used; an older identity stays in force.</summary>
    /// <param name="Problem">Why, for people.</param>
    public sealed record Refuse(string Problem) : HandshakeStep;

    /// <summary>The same device under another policy: all features are published again, the command subscription stays.</summary>
    public sealed record Reregister(AgentIdentity Identity) : HandshakeStep;

    /// <summary>The first identity, or another device or tenant: leave the old one, publish all features, then subscribe the commands.</summary>
    public sealed record Adopt(AgentIdentity Identity) : HandshakeStep;

    /// <summary>Decides.</summary>
    /// <param name="current">The identity in force, if any.</param>
    /// <param name="announcement">The payload of <see cref="EdgeTopics.ThingResponse"/>, whatever it is.</param>
    public static HandshakeStep After(AgentIdentity? current, ReadOnlySpan<byte> announcement)
    {
        if (!GatewayIdentity.TryParse(announcement, out var gateway, out var problem) ||
            !AgentIdentity.TryCreate(gateway, out var identity, out problem))
            return new Refuse(problem);
        if (current is null || !identity.IsSameDevice(current))
            return new Adopt(identity);
        return identity == current ? new Keep() : new Reregister(identity);
    }
}
