using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>A command that can be answered.</summary>
internal sealed class RequestMemory(SeenMessage message, Signal signal)
{
    private int _long;
    private int _short;

    public string Thing { get; } = signal.Topic.ThingId.ToString();

    public string RequestId { get; } = signal.Bus?.RequestId ?? "";

    public string? CorrelationId { get; } = signal.Envelope.Headers.CorrelationId;

    public MessagePath? Path { get; } = signal.Message;

    public DateTimeOffset At { get; } = message.At;

    public bool? ResponseRequired { get; } = signal.Envelope.Headers.ResponseRequired;

    /// <summary>How long the sender waits; zero means that it does not.</summary>
    public TimeSpan Timeout { get; } = DittoDuration.OrDefault(signal.Envelope.Headers.Timeout);

    /// <summary>How often it was asked. The connector publishes each command in the long and in the short form (<c>connectors-and-leda.md</c> 1.6).</summary>
    public int Asked => Math.Max(_long, _short);

    public int Answered { get; set; }

    /// <summary>Counts a command with these ids.</summary>
    /// <returns>Whether it is a command of its own, not the same one in the other form.</returns>
    public bool Count(Signal asking)
    {
        var before = Asked;
        if (asking.Bus is { IsShort: true })
            _short++;
        else
            _long++;
        return Asked > before;
    }
}
