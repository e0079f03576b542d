using System.Text.Json;
using System.Xml.Linq;
using Leda.Harness.Tests.Cli;

namespace Leda.Harness.Tests.Check;

public sealed class CheckTests : IDisposable
{
    private const string Good = """edge/thing/response {"deviceId":"ns:gw:dev","tenantId":"t"}""";
    private const string Wrong = """edge/thing/response {"deviceId":"ns:gw:dev"}""";

    private readonly TemporaryFolder _data = new();

    [Theory]
    [InlineData(0, Good)]
    [InlineData(0, Good, "other/topic anything at all")]
    [InlineData(1, Good, Wrong)]
    [InlineData(1, "what is this")]
    [InlineData(5)]
    [InlineData(5, "", "{\"t\":1,\"note\":\"nothing happens\"}")]
    public async Task Check_Traffic_ExitsAsItsWorstMessageDeserves(int exitCode, params string[] lines) =>
        Assert.Equal(exitCode, (await CheckAsync(lines)).ExitCode);

    [Fact]
    public async Task Check_Warnings_FailWhenStrict()
    {
        string[] lines = [Good, """e/t/ns:gw:dev {"topic":"ns/gw:dev/things/twin/commands/modify","headers":{},"path":"/features/SoftwareUpdatable/properties/status/installedDependencies","value":null}"""];

        var (lax, strict) = (await CheckAsync(lines), await CheckAsync(lines, "--strict"));

        Assert.Contains("2 messages: 1 OK, 1 WARN, 0 ERROR", lax.Output, StringComparison.Ordinal);
        Assert.Equal((0, 1), (lax.ExitCode, strict.ExitCode));
    }

    /// <summary>Each scenario's twins begin with the first revision; in one world that would be an ERROR.</summary>
    [Fact]
    public async Task Check_JournalOfSeveralWorlds_HoldsEachAgainstItself()
    {
        static string Told(int sequence, int revision) =>
            $$$"""{"seq":{{{sequence}}},"kind":"TwinEvent","who":"twin","payload":"{\"topic\":\"a/b/things/twin/events/modified\",\"headers\":{},\"path\":\"/attributes/x\",\"value\":1,\"revision\":{{{revision}}},\"timestamp\":\"2026-01-01T00:00:00Z\"}"}""";

        Assert.Equal(0, (await CheckAsync([Told(3, 1), Told(4, 2), Told(2, 1)])).ExitCode);
        Assert.Equal(1, (await CheckAsync([Told(3, 1), Told(4, 2), Told(5, 1)])).ExitCode);
    }

    [Fact]
    public async Task Check_ForPeople_ShowsWhatIsWrongWhereByWhichRuleAndWhatToTry()
    {
        var end = await CheckAsync([Good, "other/topic x", Wrong]);

        var lines = end.Output.Split('\n');
        Assert.EndsWith("traffic:3  ERROR  edge/thing/response", lines[0], StringComparison.Ordinal);
        Assert.Equal("    error  schema/edge.thing.response  at /tenantId", lines[1]);
        Assert.Matches("^ +expected  the member 'tenantId'", lines[2]);
        Assert.Matches("^ +seen      nothing$", lines[3]);
        Assert.Matches("^ +try       Add 'tenantId'", lines[4]);
        Assert.EndsWith("3 messages: 2 OK, 0 WARN, 1 ERROR (1 of the OK ones are none of this flow)", lines[5], StringComparison.Ordinal);
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public async Task Check_All_ShowsTheGoodOnesToo()
    {
        var end = await CheckAsync([Good, "other/topic x\u001b[2J"], "--all");

        Assert.Contains("traffic:1  OK     edge/thing/response", end.Output, StringComparison.Ordinal);
        Assert.Contains("traffic:2  OK     other/topic  (not judged)", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', end.Output);
    }

    [Fact]
    public async Task Check_Json_IsOneObjectAMessageAndNothingElse()
    {
        var end = await CheckAsync([Good, "", Wrong, "other/topic x", "nonsense"], "--json");

        var items = end.Output.Split('\n').Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal([1, 3, 4, 5], items.Select(item => item.GetProperty("line").GetInt32()));
        Assert.Equal(["OK", "ERROR", "OK", "ERROR"], items.Select(item => item.GetProperty("verdict").GetString()));
        Assert.Equal(["edge/thing/response", "edge/thing/response", "other/topic", ""], items.Select(item => item.GetProperty("topic").GetString()));
        var finding = items[1].GetProperty("findings")[0];
        Assert.Equal(
            ["rule", "severity", "pointer", "expected", "seen", "hint"], finding.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("schema/edge.thing.response", "error", "/tenantId"),
            (finding.GetProperty("rule").GetString(), finding.GetProperty("severity").GetString(), finding.GetProperty("pointer").GetString()));
        Assert.Equal("referee/unjudged", items[2].GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Equal("input/line", items[3].GetProperty("findings")[0].GetProperty("rule").GetString());
        Assert.Empty(end.Error);
    }

    [Fact]
    public async Task Check_BareCommand_TellsWhyADeviceWouldIgnoreIt()
    {
        var end = await CheckAsync(
            [
                "{", "\"topic\": \"ns/gw:dev/things/live/messages/remove\",", "\"headers\": {},",
                "\"path\": \"/features/SoftwareUpdatable/inbox/messages/install\",", "\"value\": {\"softwareModules\": []}", "}",
            ],
            "--json");

        var item = JsonElement.Parse(Assert.Single(end.Output.Split('\n')));
        Assert.Equal("/features/SoftwareUpdatable/inbox/messages/install", item.GetProperty("path").GetString());
        var rules = item.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("rule").GetString()).ToList();
        Assert.Contains("headers/correlation-id", rules);
        Assert.Contains("headers/content-type", rules);
        Assert.Contains("headers/response-required", rules);
        Assert.Contains("SEM-15/subject", rules);
        Assert.Contains("schema/software-updatable.install", rules);
    }

    [Fact]
    public async Task Check_PayloadWithItsSchema_IsJudgedAsThat()
    {
        Assert.Equal(0, (await CheckAsync(["\"RUNNING\""], "--as", "container.name")).ExitCode);
        Assert.Equal(1, (await CheckAsync(["{", "}"], "--as", "edge.thing.response")).ExitCode);

        var unknown = await CheckAsync(["{}"], "--as", "nonsense");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("edge.thing.response", Assert.Single(unknown.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_CaseOfAnUnknownSchema_IsAnError()
    {
        var end = await CheckAsync(["""{"id":"1","schema":"nonsense","doc":1}"""], "--json");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("\"input/schema\"", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_JUnit_HasACaseForEachMessage()
    {
        var report = Path.Combine(_data.Path, "junit.xml");

        await CheckAsync([Good, Wrong, "other/topic x"], "--junit", report);

        var suite = XDocument.Load(report).Root!.Element("testsuite")!;
        Assert.Equal(("3", "1"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value));
        var failure = suite.Elements("testcase").ElementAt(1).Element("failure")!;
        Assert.Equal("schema/edge.thing.response", failure.Attribute("type")!.Value);
        Assert.Contains("Add 'tenantId'", failure.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Sarif_PointsAtFileAndLineAndListsItsRules()
    {
        var report = Path.Combine(_data.Path, "check.sarif");

        await CheckAsync([Good, Wrong, "other/topic x", "nonsense"], "--sarif", report);

        var log = JsonElement.Parse(await File.ReadAllTextAsync(report));
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([2, 4], results.Select(result => Place(result).GetProperty("region").GetProperty("startLine").GetInt32()));
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.Equal("error", result.GetProperty("level").GetString());
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            Assert.Equal(new Uri(Path.Combine(_data.Path, "traffic")).AbsoluteUri, Place(result).GetProperty("artifactLocation").GetProperty("uri").GetString());
        });

        static JsonElement Place(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("check", "no-such-file")]
    [InlineData("check", "/")]
    [InlineData("check", "-", "-")]
    [InlineData("check", "-", "--junit", "/no/such/folder/file")]
    [InlineData("check", "-", "--schemas", "/no/such/folder")]
    public async Task Check_CommandLineThatCannotBe_ExitsWith2InOneLine(params string[] arguments)
    {
        await using var program = RunningProgram.Harness(arguments);

        var end = await program.EndAsync();

        Assert.Equal(2, end.ExitCode);
        Assert.Single(end.Error.Split('\n'));
    }

    public void Dispose() => _data.Dispose();

    private async Task<(int ExitCode, string Output, string Error)> CheckAsync(string[] lines, params string[] options)
    {
        var path = Path.Combine(_data.Path, "traffic");
        await File.WriteAllLinesAsync(path, lines);
        await using var program = RunningProgram.Harness(["check", path, .. options]);
        return await program.EndAsync();
    }
}
