using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-12. Some documentation says milliseconds; the agents send seconds. Judged only where the instant of the message is known.</summary>
internal sealed class MetricsTimeRule : ConversationRule
{
    private const long Day = 24 * 60 * 60;

    public override string Id => Rule.MetricsTime;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "The timestamp of metrics is the time at which they were taken, in seconds since 1970.";

    public override string Hint => "Send Unix seconds, not milliseconds, and set the clock of the device.";

    public override string Source => "payloads.md 7, SEM-12, disagreement register 20";

    public override IReadOnlyList<ExampleMessage> Passing => [Data(1767225600)];

    public override IReadOnlyList<ExampleMessage> Failing => [Data(1767225600123)];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (!heard.HasInstant || heard.Signal is not { Message: { FeatureId: { } feature, Subject: "data", Direction: MessageDirection.Outbox } } signal)
            return;
        if (signal.FamilyOf(feature) != FeatureFamily.Metrics || signal.Envelope.Value?.Whole("timestamp"u8) is not { } timestamp)
            return;
        var now = heard.Message.At.ToUnixTimeSeconds();
        if (Math.Abs((double)timestamp - now) <= Day)
            return;
        var hint = Math.Abs((timestamp / 1000.0) - now) <= Day ? "These are milliseconds: send Unix seconds, as Kanto's agents do." : "Set the clock of the device, or of whoever recorded this.";
        findings.Add(Found("/value/timestamp", $"Unix seconds within a day of {now}", $"{timestamp}", hint));
    }

    private static ExampleMessage Data(long timestamp) => Outbox(
        "Metrics", "data", $$"""{"snapshot":[{"originator":"SYSTEM","measurements":[{"id":"cpu.utilization","value":0.5}]}],"timestamp":{{timestamp}}}""");
}
