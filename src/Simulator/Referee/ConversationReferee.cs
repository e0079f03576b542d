using Leda.Harness.Simulator.Referee.Memory;
using Leda.Harness.Simulator.Referee.Rules;

namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// Holds a conversation against the contract: each message by itself, then against what was seen before. One owner calls it, message by
/// message, in their order; what it remembers is bounded. What came before the first message is held against nobody.
/// </summary>
/// <param name="referee">Judges each message by itself.</param>
public sealed class ConversationReferee(MessageReferee referee)
{
    private readonly Conversation _conversation = new();

    /// <summary>Judges the next message.</summary>
    /// <param name="message">The message.</param>
    public Judgement Judge(SeenMessage message)
    {
        var judgement = referee.Listen(message.Topic, message.Payload, _conversation, out var signal);
        using var whole = signal;
        var heard = new Heard(message, signal, _conversation);
        var findings = new List<Finding>();
        foreach (var rule in RuleBook.Conversations)
            rule.Check(heard, _conversation, findings);
        _conversation.Remember(heard);
        return findings.Count == 0 ? judgement : Judgement.Of(judgement.Criterion, [.. judgement.Findings, .. findings]);
    }
}
