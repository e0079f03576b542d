using System.Text.Json;
using System.Xml.Linq;
using Leda.Harness.Conformance;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Reports;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Tests.Conformance;

public sealed class ConformanceReportTests
{
    private static readonly ConformanceReport _report = VirtualDevice.Try(Defects.All.Single(d => d.Name == "state in small letters"));

    /// <summary>What a device can send to harm whoever reads of it.</summary>
    private static ConformanceReport Hostile { get; } = new(
        HarnessOptions.FoundingIdentity, "kanto-containers", "here", DateTimeOffset.UnixEpoch,
        [
            new RequirementResult("ST-01", "A sentence.", "a rule", Outcome.Failed)
            {
                Expected = "<script>alert(1)</script>", Seen = "{{results}} | `x` \u0001 \u001b[31m",
                Evidence =
                [
                    new JournalEntry
                    {
                        Sequence = 7, At = DateTimeOffset.UnixEpoch, Kind = JournalKind.Publish, Who = "<b>", Topic = "e/\"'><img src=x onerror=alert(1)>",
                        Payload = BusMessage.Of("", "</pre><script>alert(1)</script>").Payload,
                    },
                ],
                Wrong = new HashSet<long> { 7 },
            },
        ]);

    [Fact]
    public void Html_StandsAlone_AndShowsTheFailureWithItsMessages()
    {
        var page = ConformanceHtml.Of(_report);

        Assert.Contains("One requirement is not met", page, StringComparison.Ordinal);
        Assert.Contains("<li><a href=\"#ST-01\">", page, StringComparison.Ordinal);
        Assert.Contains("id=\"ST-01\" open", page, StringComparison.Ordinal);
        Assert.Contains("class=\"arrow wrong\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(?!#)", page);
        var numbers = _report.Results.SelectMany(r => r.Evidence).Select(e => e.Sequence).Distinct();
        Assert.All(numbers, n => Assert.Contains($"id=\"m{n}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Html_OfAHostileDevice_IsEscaped()
    {
        var page = ConformanceHtml.Of(Hostile);

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("</pre><script", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_NamesEachMessageThatItShows()
    {
        var json = JsonDocument.Parse(ConformanceJson.Of(_report)).RootElement;

        var failed = Assert.Single(json.GetProperty("results").EnumerateArray(), r => r.GetProperty("outcome").GetString() == "failed");
        Assert.Equal("ST-01", failed.GetProperty("id").GetString());
        var messages = json.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("seq").GetInt64()).ToHashSet();
        Assert.All(failed.GetProperty("wrong").EnumerateArray(), w => Assert.Contains(w.GetInt64(), messages));
    }

    [Fact]
    public void Markdown_TellsTheFailureAndAllRequirements()
    {
        var text = ConformanceMarkdown.Of(_report);

        Assert.StartsWith("# Conformance: failed", text, StringComparison.Ordinal);
        Assert.All(_report.Results, r => Assert.Contains($"| {r.Id} |", text, StringComparison.Ordinal));
        Assert.Contains("&lt;script", ConformanceMarkdown.Of(Hostile with { Results = [Hostile.Results[0] with { Sentence = "<script>" }] }), StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_HasACaseForEachRequirement()
    {
        using var file = new MemoryStream();
        JUnitReport.Write(file, "conformance", ConformanceCases.Of(_report));
        file.Position = 0;

        var suite = XDocument.Load(file).Root!.Element("testsuite")!;
        Assert.Equal($"{_report.Results.Count}", suite.Attribute("tests")!.Value.Trim());
        Assert.Equal("1", suite.Attribute("failures")!.Value.Trim());
    }

    [Fact]
    public void Text_TellsWhatWasExpectedAndSeen()
    {
        var text = new StringWriter();
        ConformanceText.Conclude(_report, text);

        Assert.Contains("1 failed", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("  expected  ", text.ToString(), StringComparison.Ordinal);
        ConformanceText.Conclude(Hostile, text);
        Assert.DoesNotContain("\u001b", text.ToString(), StringComparison.Ordinal);
    }
}
