using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Traffic;

/// <summary>Judges one file's traffic in its order.</summary>
/// <param name="file">The file's name.</param>
/// <param name="catalogue">The schemas.</param>
/// <param name="referee">Judges single messages.</param>
internal sealed class TrafficJudge(string file, SchemaCatalogue catalogue, MessageReferee referee)
{
    /// <summary>Messages that no rule speaks about are fine, and said to be so.</summary>
    public const string UnjudgedRule = "referee/unjudged";

    // A recording knows one broker or two; whoever makes up more gets them judged as one conversation.
    private const int MostBrokers = 16;

    private readonly Dictionary<string, ConversationReferee> _conversations = [];

    /// <summary>Forgets what was said before.</summary>
    public void Begin() => _conversations.Clear();

    /// <summary>Judges what was read next.</summary>
    public CheckedItem Judge(TrafficItem item) => item switch
    {
        TrafficMessage message => Judge(message),
        TrafficPayload payload => Judge(payload),
        _ => Problem(item.Line, ((TrafficProblem)item).Finding),
    };

    private CheckedItem Judge(TrafficMessage item)
    {
        var judgement = ConversationOf(item.Broker).Judge(item.Message);
        if (item.Message.Topic.Length == 0 && Draft.TryGetTopic(item.Message.Payload.Span, out var command))
            judgement = Both(judgement, referee.Judge(command, item.Message.Payload));
        var (topic, path) = EnvelopeAddress.Of(item.Message.Payload.Span);
        var shown = item.Message.Topic.Length > 0 ? item.Message.Topic : topic;
        var findings = judgement.Verdict == Verdict.Unjudged ? [.. judgement.Findings, Unjudged(shown)] : judgement.Findings;
        return new CheckedItem(file, item.Line, judgement.Verdict, findings) { Topic = shown, Path = path, Schema = judgement.Criterion };
    }

    private CheckedItem Judge(TrafficPayload item)
    {
        if (catalogue.Find(item.Schema) is not { } schema)
            return Problem(item.Line, InputFinding.Schema(item.Schema)) with { Schema = item.Schema, Name = item.Name, IsMessage = true };
        var judgement = referee.JudgeAs(schema, item.Document);
        return new CheckedItem(file, item.Line, judgement.Verdict, judgement.Findings) { Schema = judgement.Criterion, Name = item.Name };
    }

    private static Judgement Both(Judgement one, Judgement other) => one with
    {
        Verdict = (Verdict)Math.Max((int)one.Verdict, (int)other.Verdict),
        Findings = [.. one.Findings.Union(other.Findings)],
    };

    private CheckedItem Problem(long line, Finding finding) => new(file, line, Verdict.Error, [finding]) { IsMessage = false };

    private ConversationReferee ConversationOf(string broker)
    {
        if (_conversations.Count >= MostBrokers && !_conversations.ContainsKey(broker))
            broker = _conversations.Keys.First();
        if (!_conversations.TryGetValue(broker, out var conversation))
            _conversations.Add(broker, conversation = new ConversationReferee(referee));
        return conversation;
    }

    private static Finding Unjudged(string topic) => new(
        UnjudgedRule, Severity.Info, "topic", "a topic of this flow", topic.Length == 0 ? "another" : $"'{topic}'", "Nothing is wrong: no rule speaks about this message.");
}
