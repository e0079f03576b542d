using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>A command that went out; the connector sends each in the long and in the short form (<c>connectors-and-leda.md</c> 1.6).</summary>
/// <param name="Message">The one of them that came first.</param>
/// <param name="Bus">Its bus topic.</param>
internal sealed record SentCommand(PublishedMessage Message, DeviceTopic Bus)
{
    private static readonly int[] _statuses = [200, 204, 400, 404, 500];

    /// <summary>Where it stands in the journal.</summary>
    public JournalEntry Entry => Message.Entry;

    /// <summary>What ties the answer to it; <see langword="null"/> if nothing does.</summary>
    public string? CorrelationId => Message.Envelope?.Headers.CorrelationId;

    /// <summary>For people: the operation and the feature.</summary>
    public string Name => Message.Feature is { } feature ? $"'{Bus.Subject}' for {feature}" : $"'{Bus.Subject}'";

    /// <summary>Whether a good answer to it is what was waited for.</summary>
    public bool IsAnswerTo(Awaited awaited) =>
        awaited.CorrelationId is { } id ? CorrelationId == id : _statuses.Any(status => awaited.Matches(Answer(status)));

    private JournalEntry Answer(int status)
    {
        var answer = new Envelope
        {
            Topic = Message.Envelope?.Topic ?? "",
            Headers = DittoHeaders.Of(CorrelationId),
            Path = Message.Envelope?.Path.Replace("/inbox/", "/outbox/", StringComparison.Ordinal) ?? "",
            Status = status,
        };
        return Entry with { Who = Guid.Empty.ToString("D"), Topic = Bus.Response(status).ToString(), Payload = answer.ToUtf8() };
    }
}
