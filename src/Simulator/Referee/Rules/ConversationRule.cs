using Leda.Harness.Simulator.Referee.Memory;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>
/// A rule of one message and what was seen before it. A conversation may be seen from its middle only: what could have happened before
/// is never held against anybody.
/// </summary>
internal abstract class ConversationRule : ContractRule
{
    /// <summary>Holds a message against the rule; the conversation remembers it afterwards.</summary>
    /// <param name="heard">The message.</param>
    /// <param name="conversation">What was seen before.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public abstract void Check(Heard heard, Conversation conversation, List<Finding> findings);
}
