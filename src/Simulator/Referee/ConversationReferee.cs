namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// Holds a conversation against the contract: each message by itself, then against what was seen before. One owner calls it, message by
/// message, in their order; what it remembers is bounded.
/// </summary>
/// <param name="referee">Judges each message by itself.</param>
public sealed class ConversationReferee(MessageReferee referee)
{
    /// <summary>Judges the next message.</summary>
    /// <param name="message">The message.</param>
    public Judgement Judge(SeenMessage message) =>
        message.Topic.Length == 0 ? referee.JudgeEnvelope(message.Payload) : referee.Judge(message.Topic, message.Payload);
}
