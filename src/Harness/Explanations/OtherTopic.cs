namespace Leda.Harness.Explanations;

/// <summary>There was an answer, but on a topic on which nobody looks for it.</summary>
internal sealed class OtherTopic : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        foreach (var asked in record.Asked.Reverse())
        {
            var topic = $"{asked.Bus.Response(200).ToString()[..^3]}<status>";
            var answer = record.Messages.LastOrDefault(m => m.Entry.Sequence > asked.Entry.Sequence && m.IsAnswer
                && (IsOf(asked, m) || (m.Envelope?.Topic == asked.Message.Envelope?.Topic && !record.Commands.Any(c => c.Bus.RequestId == m.Bus?.RequestId || IsOf(c, m))))
                && !m.Entry.Topic.StartsWith(topic[..^"<status>".Length], StringComparison.Ordinal));
            if (answer is not null)
                return At(answer.Entry, $"the answer came on {answer.Entry.Topic}; the command #{asked.Entry.Sequence} is to be answered on {topic}");
        }

        return null;
    }

    private static bool IsOf(SentCommand command, PublishedMessage answer) =>
        !string.IsNullOrEmpty(command.CorrelationId) && answer.Envelope?.Headers.CorrelationId == command.CorrelationId;
}
