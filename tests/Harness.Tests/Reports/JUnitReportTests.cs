using System.Xml.Linq;
using Leda.Harness.Reports;

namespace Leda.Harness.Tests.Reports;

public sealed class JUnitReportTests
{
    [Fact]
    public void Write_OfEachOutcome_CountsAndTellsThem()
    {
        var suite = Written(
            "a \"suite\" <&>",
            new JUnitCase("group", "passes", TimeSpan.FromSeconds(1.5), SystemOut: "evidence"),
            new JUnitCase("group", "fails", TimeSpan.FromMilliseconds(250), new JUnitFailure("expected <a>, seen b", "line 1\nline 2", "SEM-15")),
            new JUnitCase("group", "does not apply", TimeSpan.Zero) { Skipped = "--destructive was not given" });

        Assert.Equal("a \"suite\" <&>", Text(suite, "name"));
        Assert.Equal(("3", "1", "1", "1.750"), (Text(suite, "tests"), Text(suite, "failures"), Text(suite, "skipped"), Text(suite, "time")));
        var cases = suite.Elements("testcase").ToList();
        Assert.Equal(["passes", "fails", "does not apply"], cases.Select(one => Text(one, "name")));
        Assert.Equal("evidence", cases[0].Element("system-out")!.Value);
        Assert.Equal(("expected <a>, seen b", "SEM-15", "line 1\nline 2"), (
            Text(cases[1].Element("failure")!, "message"), Text(cases[1].Element("failure")!, "type"), cases[1].Element("failure")!.Value));
        Assert.Equal("--destructive was not given", Text(cases[2].Element("skipped")!, "message"));
    }

    [Fact]
    public void Write_OfNothing_IsAnEmptySuite() => Assert.Equal("0", Text(Written("none"), "tests"));

    [Fact]
    public void Write_CharactersThatXmlCannotHold_AreWrittenOut()
    {
        var one = Written("s\u0001", new JUnitCase("c", "bell \a, half \ud83d, whole 😀", TimeSpan.Zero)).Element("testcase")!;

        Assert.Equal("bell \\u0007, half \\ud83d, whole 😀", Text(one, "name"));
    }

    private static XElement Written(string suite, params JUnitCase[] cases)
    {
        using var file = new MemoryStream();
        JUnitReport.Write(file, suite, cases);
        file.Position = 0;
        return XDocument.Load(file).Root!.Element("testsuite")!;
    }

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)!.Value;
}
