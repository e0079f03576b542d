using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>What is remembered of a conversation on one bus.</summary>
internal sealed class Conversation : IKnownFeatures
{
    /// <inheritdoc/>
    public IReadOnlyList<string> DefinitionsOf(ThingId thing, string featureId) => [];

    /// <summary>Remembers a message that has been judged.</summary>
    public void Remember(Heard heard) => _ = heard;
}
