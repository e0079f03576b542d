using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>Findings are read by people: what was expected, what was seen, what to try.</summary>
public sealed class FindingWordsTests
{
    private const string State = Cloud.Container + "/properties/status/state";
    private const string Inventory = "/features/SoftwareUpdatable/properties/status/installedDependencies";

    [Theory]
    [InlineData(State, """{"status":"Running"}""",
        "at /value/status: expected one of CREATING, CREATED, RUNNING, STOPPED, PAUSED, EXITED, DEAD, UNKNOWN, seen the string \"Running\". Write 'RUNNING' instead of 'Running'.")]
    [InlineData(State, """{"status":"RUNNING","pid":"12"}""", "at /value/pid: expected a process id, -1 when there is no process, seen the string \"12\". Leave the quotes out.")]
    [InlineData(State, """{"Status":"RUNNING"}""", "at /value/status: expected the member 'status', the state of a container, upper case, seen 'Status'. Write 'status' instead of 'Status'.")]
    [InlineData(State, "{}", "at /value/status: expected the member 'status', the state of a container, upper case, seen nothing. Add 'status'.")]
    [InlineData(State, """{"status":"RUNNING","health":"good"}""",
        "at /value/health: expected no members but status, pid, error, exitCode, startedAt, finishedAt, oomKilled, seen 'health'. Leave it out; receivers that do not know it ignore it.")]
    [InlineData(State, "[1,2]", "at /value: expected an object, seen an array of 2 items. Send an object.")]
    [InlineData(State, """{"status":"RUNNING","startedAt":5}""",
        "at /value/startedAt: expected an instant in UTC with at most nine fractional digits, such as 2023-02-02T08:46:33.792687313Z, seen the number 5. Go drops trailing zeros: none to nine digits occur. No numbers, no other zone than Z.")]
    [InlineData(State, """{"status":"RUNNING","oomKilled":null}""", "at /value/oomKilled: expected true or false, without quotes, seen null. Send true or false, without quotes, or leave it out.")]
    [InlineData(Inventory, """{"a/b.n:1":{"group":"a/b","name":"n","version":"1"}}""",
        "at /value/a~1b.n:1: expected a key of the right form, seen 'a/b.n:1'. Ditto refuses keys with / or control characters and empty keys: write / as %2F.")]
    [InlineData(Inventory, """{"a.n:1":{"group":"a","name":"n","version":1}}""", "at /value/a.n:1/version: expected the image reference after its first colon, seen the number 1. Put it in quotes.")]
    public void Judge_Deviation_SaysItInPlainWords(string path, string value, string expected)
    {
        var findings = Cloud.Judge(Cloud.EventTopic, Cloud.Modify(path, value)).Findings;

        var finding = findings.First(f => f.Rule.StartsWith(Rule.Schema, StringComparison.Ordinal));
        Assert.EndsWith(expected, finding.ToString());
    }

    [Fact]
    public void Judge_ValueOfAnotherKind_IsSaidOnceAndNotAlsoAsMissingMembers() =>
        Assert.Single(Cloud.Judge(Cloud.EventTopic, Cloud.Modify(State, "\"RUNNING\"")).Findings);

    [Fact]
    public void Judge_OneOfTwoForms_SpeaksOfTheNearerOne()
    {
        var path = "/features/SoftwareUpdatable/properties/status/lastOperation";
        var value = """{"correlationId":"c","status":"Removing","software":[{"group":"g","name":"n","version":"1"}]}""";

        var finding = Assert.Single(Cloud.Judge(Cloud.EventTopic, Cloud.Modify(path, value)).Findings);

        Assert.Equal(("/value/status", "Write 'REMOVING' instead of 'Removing'."), (finding.Where, finding.Hint));
    }

    [Fact]
    public void Judge_SpellingOfTheDocs_NamesTheLiteral()
    {
        var command = Cloud.Command("/features/ContainerFactory", "createWithConfig", """{"imageRef":"a:1","name":"a","start":true,"config":{"restartPolicy":{"type":"on-failure"}}}""");

        var judgement = Cloud.Judge(Cloud.Request("createWithConfig"), command);

        Assert.Equal(Verdict.Warning, judgement.Verdict);
        Assert.Equal("Write 'ON_FAILURE' instead of 'on-failure'.", Assert.Single(judgement.Findings).Hint);
    }

    [Fact]
    public void Judge_PrivilegedWithDevices_SaysWhatTheDaemonAnswers()
    {
        var command = Cloud.Command(
            "/features/ContainerFactory", "createWithConfig",
            """{"imageRef":"a:1","name":"a","start":true,"config":{"privileged":true,"devices":[{"pathOnHost":"/a","pathInContainer":"/a"}]}}""");

        var finding = Assert.Single(Cloud.Judge(Cloud.Request("createWithConfig"), command).Findings);

        Assert.Equal("/value/config", finding.Where);
        Assert.Equal("Leave one of the two out; the daemon answers 500 to both.", finding.Hint);
    }
}
