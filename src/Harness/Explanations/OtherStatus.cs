namespace Leda.Harness.Explanations;

/// <summary>There was an answer, but it says something else.</summary>
internal sealed class OtherStatus : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        foreach (var asked in record.Asked.Reverse())
        {
            var answer = record.Messages.LastOrDefault(m => m.Entry.Sequence > asked.Entry.Sequence && m is { IsAnswer: true, Envelope.Status: not null }
                && m.Bus?.RequestId == asked.Bus.RequestId && m.Envelope.Headers.CorrelationId == asked.CorrelationId && !record.Awaited.Matches(m.Entry));
            if (answer is not null)
                return At(answer.Entry, $"the command #{asked.Entry.Sequence} {asked.Name} was answered with {answer.Envelope!.Status} {Short(answer.Envelope.Value?.GetRawText())}".TrimEnd());
        }

        return null;
    }

    private static string Short(string? value) => value is { Length: > 200 } ? $"{value.AsSpan(0, 200)}…" : value ?? "";
}
