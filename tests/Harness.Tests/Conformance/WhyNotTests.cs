using System.Text;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Reports;

namespace Leda.Harness.Tests.Conformance;

/// <summary>Where something did not come, the report tells what came instead.</summary>
public sealed class WhyNotTests
{
    [Fact]
    public void AnswerToAnotherCommand_IsToldInAllReports()
    {
        var defect = new Defect("answers to start for nobody", "OP-05")
        {
            Out = m => Faults.Now(IsAnswerToStart(m)
                ? new BusMessage($"{m.Topic[..^"x/204".Length]}y/204", Faults.Edited(m, e => e["headers"]!["correlation-id"] = "mine"))
                : m),
        };

        var report = VirtualDevice.Try(defect, o => o with { Only = ["FE", "OP-0"] });

        var failure = Assert.Single(report.Failures, f => f.Id == "OP-05");
        Assert.Equal("OtherTopic", failure.Why[0].Cause);
        Assert.Contains(failure.Evidence, e => e.Sequence == failure.Why[0].At);
        var text = new StringWriter();
        ConformanceText.Conclude(report, text);
        Assert.Contains("why not   #", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("why not: #", ConformanceMarkdown.Of(report), StringComparison.Ordinal);
        Assert.Contains("<dt>why not</dt>", ConformanceHtml.Of(report), StringComparison.Ordinal);
        Assert.Contains("\"cause\":\"OtherTopic\"", Encoding.UTF8.GetString(ConformanceJson.Of(report)), StringComparison.Ordinal);
    }

    private static bool IsAnswerToStart(BusMessage message) =>
        message.Topic.EndsWith("/204", StringComparison.Ordinal) && message.Text.Contains("/outbox/messages/start\"", StringComparison.Ordinal);
}
