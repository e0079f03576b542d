using System.Text;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Tests.Journal;

public sealed class JournalTextTests
{
    private static readonly JournalEntry _publish = new()
    {
        Sequence = 7,
        At = DateTimeOffset.Parse("2026-03-01T09:15:26.502Z"),
        Kind = JournalKind.Publish,
        Who = "someone",
        Topic = "e/t",
        Payload = "{\"a\":\"ü\"}"u8.ToArray(),
        Qos = QualityOfService.AtLeastOnce,
    };

    [Fact]
    public void ToLine_Publish_TellsTopicQosAndPayload() => Assert.Equal(
        """{"seq":7,"t":"2026-03-01T09:15:26.5020000Z","kind":"Publish","who":"someone","topic":"e/t","qos":1,"payload":"{\"a\":\"ü\"}"}""",
        Line(_publish));

    [Fact]
    public void ToLine_PayloadThatIsNoUtf8_IsBase64()
    {
        var line = Line(_publish with { Payload = new byte[] { 0xC3, 0x28 } });

        Assert.EndsWith("\"payload64\":\"wyg=\"}", line, StringComparison.Ordinal);
    }

    [Fact]
    public void ToLine_RetainedAndJudged_TellsEachFinding()
    {
        var finding = new Finding("SEM-15/thing", Severity.Error, "topic", "this", "that", "try");

        var line = Line(_publish with { Retain = true, Judgement = new Judgement(Verdict.Error, "x", [finding]) });

        Assert.Contains("\"retain\":true", line, StringComparison.Ordinal);
        Assert.EndsWith(
            ""","verdict":"Error","findings":[{"rule":"SEM-15/thing","severity":"Error","where":"topic","expected":"this","seen":"that","hint":"try"}]}""",
            line, StringComparison.Ordinal);
    }

    private static string Line(JournalEntry entry) => Encoding.UTF8.GetString(JournalText.ToLine(entry));
}
