using System.Text.Json;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Rules;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Tests.Referee.Rules;

/// <summary>What the examples of the rules do not show: exceptions, copies, beginnings that nobody saw.</summary>
public sealed class ConversationTests
{
    private static readonly ExampleMessage _stop = Command(Container, "stop");
    private static readonly ExampleMessage _copy = _stop with { Topic = $"c//{Thing}/q/1/stop" };
    private static readonly ExampleMessage _install = Command(Software, "install", Install());
    private static readonly ExampleMessage[] _installing = [Status("STARTED"), Status("DOWNLOADING"), Status("DOWNLOADED"), Status("INSTALLING"), Status("INSTALLED")];

    [Fact]
    public void Judge_CommandInBothForms_IsOneCommand()
    {
        Assert.Empty(Play(_stop, _copy, Answer(Container, "stop")));
        Assert.Equal([Rule.ResponseOnce], Play(_stop, _copy, Answer(Container, "stop"), Answer(Container, "stop")));
        Assert.Empty(Play(_stop, Answer(Container, "stop"), _copy));
        Assert.Empty(Play(_stop, Answer(Container, "stop"), _stop, Answer(Container, "stop")));
    }

    [Fact]
    public void Judge_CopyOfAnInstall_DoesNotBeginItAnew()
    {
        var copy = _install with { Topic = $"c//{Thing}/q/1/install" };

        Assert.Empty(Play([_install, Status("STARTED"), copy, .. _installing[1..], Status("FINISHED_SUCCESS")]));
        Assert.Equal([Rule.Transition], Play([_install, .. _installing, copy, Status("STARTED")]));
        Assert.Empty(Play([_install, .. _installing, Status("FINISHED_SUCCESS"), _install, .. _installing, Status("FINISHED_SUCCESS")]));
    }

    [Fact]
    public void Judge_OperationThatRunsSinceBefore_MayBeAnywhere()
    {
        Assert.Empty(Play(Status("INSTALLING"), Status("INSTALLED"), Status("FINISHED_SUCCESS")));
        Assert.Empty(Play(Status("FINISHED_ERROR")));
        Assert.Empty(Play(Status("INSTALLING", "u-0"), _install, Status("INSTALLED", "u-0"), Status("STARTED")));
        Assert.Empty(Play(Answer(Container, "stop")));
    }

    [Fact]
    public void Judge_DeviceThatAnnouncesItselfInTheMiddle_GoesOnAnywhere() =>
        Assert.Empty(Play(_install, Status("STARTED"), Status("DOWNLOADING"), Announced("oci:container"), Status("INSTALLING"), Status("INSTALLED"), Status("FINISHED_SUCCESS")));

    [Fact]
    public void Judge_Download_EndsWithoutInstallingAndMayStore()
    {
        var download = Command(Software, "download", Install());

        Assert.Empty(Play([download, .. _installing[..3], Status("FINISHED_SUCCESS"), Status("DOWNLOADED_FILE_STORED"), Status("DOWNLOADED_FILE_STORED")], Severity.Error));
        Assert.Equal([Rule.Transition], Play([download, .. _installing[..4]]));
        Assert.Equal([Rule.Transition], Play([_install, .. _installing[..3], Status("FINISHED_SUCCESS")]));
    }

    [Fact]
    public void Judge_RemovalOfSeveral_HasAnEndForEachGroup()
    {
        var remove = Command(Software, "remove", """{"correlationId":"u-1","software":[{"group":"a","name":"n","version":"1"},{"group":"a","name":"m","version":"1"}]}""");
        ExampleMessage[] end = [Removal("FINISHED_ERROR", LastFailedOperation), Removal("FINISHED_ERROR"), Removal("FINISHED_SUCCESS")];

        Assert.Empty(Play([remove, Removal("REMOVING"), Removal("REMOVED"), Removal("REMOVING"), Removal("REMOVED"), .. end]));
        Assert.Equal([Rule.Transition], Play([remove, Removal("REMOVING"), Removal("REMOVED"), .. end, Removal("REMOVING")]));
    }

    [Fact]
    public void Judge_RejectedCancel_GoesOnFromWhereItWas()
    {
        ExampleMessage[] rejected = [Status("CANCELING"), Status("CANCEL_REJECTED", path: LastFailedOperation), Status("CANCEL_REJECTED")];

        Assert.Empty(Play([_install, .. _installing[..4], .. rejected, Status("INSTALLING"), Status("INSTALLED"), Status("FINISHED_SUCCESS")]));
        Assert.Equal([Rule.Transition], Play([_install, .. _installing[..4], .. rejected, Status("DOWNLOADING")]));
    }

    [Fact]
    public void Judge_WrongTransition_TellsWhatThisOperationAllows()
    {
        var referee = new ConversationReferee(Cloud.Referee);
        ExampleMessage[] messages = [_install, .. _installing[..3], Status("FINISHED_SUCCESS")];
        var findings = messages.SelectMany(message => referee.Judge(message.Seen(DateTimeOffset.UnixEpoch)).Findings);

        var finding = Assert.Single(findings, finding => finding.Rule == Rule.Transition);
        Assert.Contains("INSTALLING", finding.Expected, StringComparison.Ordinal);
        Assert.DoesNotContain("FINISHED_SUCCESS", finding.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_DeletedFeature_IsNotWrittenAnyMore() =>
        Assert.Equal([Rule.FeatureAnnounced], Play(Present, Delete(Container), Modify(State, """{"status":"DEAD","pid":-1}""")));

    [Fact]
    public void Judge_FeatureWithAnUnusualId_IsHeldAgainstItsDefinition()
    {
        var feature = Announced("firmware", "fw");
        var wrong = Status("DONE", path: "fw/properties/status/lastOperation");

        Assert.Equal(["schema/software-updatable.last-operation"], Play(feature, wrong));
        Assert.Empty(Play(wrong));
        Assert.Equal([Rule.Transition], Play(feature, Said("INSTALLED"), Said("DOWNLOADING")));

        static ExampleMessage Said(string status) => Status(status, path: "fw/properties/status/lastOperation");
    }

    [Fact]
    public void Judge_EventsOfATwin_AreStatementsOnlyWhereNoDeviceIsHeard()
    {
        Assert.Equal([Rule.Transition], Play(Told("INSTALLED", 1), Told("DOWNLOADING", 2)));
        Assert.Empty(Play(Status("DOWNLOADING"), Told("INSTALLED", 1), Told("DOWNLOADING", 2)));
    }

    [Fact]
    public void Judge_TimesWithoutAClock_AreNotJudged()
    {
        var late = RuleBook.Find(Rule.ResponseLate)!.Failing;
        var referee = new ConversationReferee(Cloud.Referee);

        Assert.All(late, message => Assert.Equal(Verdict.Ok, referee.Judge(message.Seen(DateTimeOffset.UnixEpoch)).Verdict));
    }

    [Theory]
    [InlineData("UpdateManager/properties/inventory", "", "")]
    [InlineData("UpdateManager/properties", "{\"inventory\":", "/inventory")]
    [InlineData("UpdateManager", "{\"definition\":[\"com.bosch.iot.suite.edge.update:UpdateManager:1.0.0\"],\"properties\":{\"inventory\":", "/properties/inventory")]
    public void Judge_InventoryOfAFeature_PointsIntoTheMessage(string path, string before, string below)
    {
        var value = $$"""{{before}}{"softwareNodes":[],"associations":[{"sourceId":"a"}]}{{new string('}', before.Count(c => c == '{'))}}""";
        var findings = new ConversationReferee(Cloud.Referee).Judge(Modify(path, value).Seen(DateTimeOffset.UnixEpoch)).Findings;

        Assert.Equal($"/value{below}/associations/0/sourceId", Assert.Single(findings, finding => finding.Rule == Rule.Associations).Where);
    }

    [Fact]
    public void Find_PartOfAnotherName_IsNotFound()
    {
        var part = new FeaturePart("X", "", "/properties/stat", JsonElement.Parse("""{"us":1}"""), "/value", []);

        Assert.Null(part.Find(new FeaturePlace("/properties/status")));
        Assert.NotNull(part.Find(new FeaturePlace("/properties/stat/us")));
    }

    /// <summary>What the schemas find in order, no rule of one message complains about.</summary>
    [Fact]
    public void Judge_EveryValidCase_InItsPlace_IsOk()
    {
        var count = 0;
        foreach (var line in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Data", "payloads"), "*.ndjson").SelectMany(File.ReadLines))
        {
            var json = JsonElement.Parse(line);
            var place = json.Text("schema") is { } id && Cloud.Catalogue.Find(id) is { } entry ? entry.AppliesTo.FirstOrDefault(at => at.StartsWith("feature ", StringComparison.Ordinal)) : null;
            if (json.Text("verdict") is not ("V" or "Ok") || place is null || Message(place["feature ".Length..], json.GetProperty("value").GetRawText()) is not { } message)
                continue;
            count++;
            var judgement = new ConversationReferee(Cloud.Referee).Judge(message.Seen(DateTimeOffset.UnixEpoch));
            Assert.True(judgement.Verdict == Verdict.Ok, $"{line}\n{string.Join('\n', judgement.Findings)}");
        }

        Assert.True(count > 150, $"only {count} cases have a place");
    }

    private static ExampleMessage? Message(string place, string value)
    {
        var (family, rest) = place.Split('/', 2) is [var head, var tail] ? (head, tail) : (place, "");
        var feature = family == "Container" ? Container : family;
        if (rest.StartsWith("inbox/messages/", StringComparison.Ordinal))
            return Command(feature, rest["inbox/messages/".Length..], value == "null" ? null : value);
        if (rest.StartsWith("outbox/messages/", StringComparison.Ordinal))
            return Outbox(feature, rest["outbox/messages/".Length..], value);
        return Modify(rest.Length == 0 ? feature : $"{feature}/{rest}", value);
    }

    private static ExampleMessage Told(string status, long revision) => Event(
        LastOperation, $$$"""{"correlationId":"u-1","status":"{{{status}}}","softwareModule":{"name":"app","version":"1.0"}}""", revision);

    private static ExampleMessage Removal(string status, string path = LastOperation) =>
        Modify(path, $$"""{"correlationId":"u-1","status":"{{status}}","software":[{"group":"a","name":"n","version":"1"}]}""");

    private static IEnumerable<string> Play(params ExampleMessage[] messages) => Play(messages, Severity.Warning);

    private static IEnumerable<string> Play(ExampleMessage[] messages, Severity least)
    {
        var referee = new ConversationReferee(Cloud.Referee);
        var beginning = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return [.. messages.SelectMany(message => referee.Judge(message.Seen(beginning)).Findings).Where(finding => finding.Severity >= least).Select(finding => finding.Rule)];
    }
}
