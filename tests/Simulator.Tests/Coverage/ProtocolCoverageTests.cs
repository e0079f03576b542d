using System.Text.Json;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Coverage;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;
using Leda.Harness.Simulator.Referee.Memory;
using Cloud = Leda.Harness.Simulator.Tests.Referee.Cloud;

namespace Leda.Harness.Simulator.Tests.Coverage;

public sealed class ProtocolCoverageTests
{
    private const string Software = "/features/SoftwareUpdatable/properties/status/";

    private readonly ProtocolCoverage _coverage = new(Cloud.Catalogue, CoverageProfile.KantoContainers);

    [Fact]
    public void Universe_IsThatOfTheContract()
    {
        var report = _coverage.Report;

        Assert.Equal(0, report.Percent);
        Assert.Equal(
            ["topics 7", "operations 26", "answers 5", "features 12", "software states 10", "software transitions 19", "container states 6", "container transitions 16"],
            report.Groups.Select(g => $"{g.Name} {g.Items.Count}"));
        Assert.All(report.Groups, g => Assert.Equal(g.Items.Count, g.Items.DistinctBy(i => i.Name).Count()));
    }

    [Fact]
    public void Profile_NamesOnlyWhatTheContractKnows()
    {
        var profile = CoverageProfile.KantoContainers;
        var places = Cloud.Catalogue.Entries.SelectMany(e => e.AppliesTo).ToHashSet();
        using var common = JsonDocument.Parse(SchemaFiles.Read("common.json"));
        var states = common.RootElement.GetProperty("definitions").GetProperty("containerStatus").GetProperty("enum").EnumerateArray().Select(s => s.GetString()!).ToList();

        Assert.All(profile.Absent, place => Assert.Contains($"feature {place}", places));
        Assert.All(profile.Topics.Where(t => t.Contains('/')), topic => Assert.Contains($"topic {topic}", places));
        Assert.All(profile.Families, family => Assert.Contains(family, Cloud.Catalogue.Families.Select(f => f.Name)));
        Assert.Subset(states.ToHashSet(), profile.ContainerTransitions.Values.SelectMany(s => s).ToHashSet());
    }

    [Fact]
    public void Profile_GoesNoWayThatTheRulesForbid()
    {
        foreach (var (from, next) in CoverageProfile.KantoContainers.SoftwareTransitions)
        {
            foreach (var to in next)
                Assert.True(OperationStates.MayFollow(At(from), "", to), $"{from} -> {to}");
        }

        static OperationMemory At(string status)
        {
            var operation = new OperationMemory();
            foreach (var state in status.StartsWith("FINISHED", StringComparison.Ordinal) ? (string[])["REMOVING", status] : status.Length == 0 ? [] : [status])
                operation.Take(new OperationReport("f", "", "", state, default, ""));
            return operation;
        }
    }

    [Fact]
    public void Command_CountsOnceInBothForms_AndByWhetherItWantsAnAnswer()
    {
        Say(Cloud.Request("start"), Cloud.Command(Cloud.Container, "start", null));
        Say($"c//{Cloud.Thing}/q/7f31a/start", Cloud.Command(Cloud.Container, "start", null));
        Say(Cloud.Request("start", ""), Cloud.Command(Cloud.Container, "start", null));

        Assert.Equal(1, Count("operations", "Container start"));
        Assert.Equal(1, Count("operations", "Container start, one-way"));
        Assert.Equal(1, Count("topics", "command"));
        Assert.Equal(1, Count("topics", "one-way command"));
    }

    [Fact]
    public void Answer_CountsByItsStatus()
    {
        Say(Cloud.Response(204), $$"""{"topic":"{{Cloud.Live}}start","headers":{"correlation-id":"c-1"},"path":"{{Cloud.Container}}/outbox/messages/start","status":204}""");

        Assert.Equal(1, Count("answers", "204"));
        Assert.Equal(0, Count("answers", "200"));
        Assert.Equal(1, Count("topics", "response"));
    }

    [Fact]
    public void Container_GoesFromStateToState()
    {
        Say(Cloud.EventTopic, Cloud.Modify(Cloud.Container, """{"definition":["com.bosch.iot.suite.edge.containers:Container:1.5.0"],"properties":{"status":{"state":{"status":"CREATED"}}}}"""));
        foreach (var state in (string[])["CREATED", "RUNNING", "RUNNING", "STOPPED"])
            Say(Cloud.EventTopic, Cloud.Modify($"{Cloud.Container}/properties/status/state", $$"""{"status":"{{state}}"}"""));

        Assert.Equal(["– → CREATED", "CREATED → RUNNING", "RUNNING → STOPPED"], Exercised("container transitions"));
        Assert.Equal(["CREATED", "RUNNING", "STOPPED"], Exercised("container states"));
        Assert.Equal(["Container", "Container/properties/status/state"], Exercised("features"));
    }

    [Fact]
    public void Container_ThatWasThereBefore_HasNotBegun()
    {
        Say(Cloud.EventTopic, Cloud.Modify(Cloud.Container, """{"properties":{"status":{"state":{"status":"RUNNING"}}}}"""));

        Assert.Empty(Exercised("container transitions"));
        Assert.Equal(["RUNNING"], Exercised("container states"));
    }

    [Fact]
    public void Software_GoesFromStateToState_AndBeginsAnewInAnotherWorld()
    {
        foreach (var state in (string[])["STARTED", "DOWNLOADING", "FINISHED_ERROR", "STARTED"])
            SayStatus(state);
        _coverage.Begin();
        SayStatus("DOWNLOADING");

        Assert.Equal(["– → STARTED", "STARTED → DOWNLOADING", "DOWNLOADING → FINISHED_ERROR"], Exercised("software transitions"));
        Assert.Equal(2, Count("software transitions", "– → STARTED"));
        Assert.Equal(1, Count("software transitions", "STARTED → DOWNLOADING"));
        Assert.Equal(["STARTED", "DOWNLOADING", "FINISHED_ERROR"], Exercised("software states"));
    }

    [Fact]
    public void Feature_IsKnownByItsDefinition_AndItsDeletionCounts()
    {
        Say(Cloud.EventTopic, Cloud.Modify("/features/fw", """{"definition":["org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0"],"properties":{"status":{"softwareModuleType":"x"}}}"""));
        Say(Cloud.EventTopic, Cloud.Modify("/features/fw/properties/status/installedDependencies", "{}"));
        Say(Cloud.EventTopic, $$"""{"topic":"{{Cloud.Twin}}delete","headers":{},"path":"{{Cloud.Container}}"}""");

        Assert.Equal(["SoftwareUpdatable", "SoftwareUpdatable/properties/status/installedDependencies", "Container, deleted"], Exercised("features"));
    }

    [Fact]
    public void WhatIsWrong_ExercisesNothing()
    {
        _coverage.Take(Cloud.Request("start"), BusMessage.Of("", Cloud.Command(Cloud.Container, "start", null)).Payload, Verdict.Error);

        Assert.Equal(0, _coverage.Report.Covered);
    }

    [Fact]
    public void WhatIsNotOfTheProfile_IsToldAndDoesNotCount()
    {
        for (var i = 0; i < 1_000; i++)
            Say(Cloud.EventTopic, Cloud.Modify($"/features/own{i}", "{}"));

        var features = Group("features");
        Assert.Equal(0, features.Covered);
        Assert.Equal(100, features.Others.Count);
    }

    [Fact]
    public void Percent_IsRoundedDown() => Assert.Equal(
        "99.9", new CoverageReport("p", [new CoverageGroup("g", [.. Enumerable.Range(0, 3_000).Select(i => new CoverageItem($"{i}", i))], [])]).Rounded);

    private void SayStatus(string status) =>
        Say(Cloud.EventTopic, Cloud.Modify($"{Software}lastOperation", $$"""{"softwareModule":{"name":"n","version":"1"},"correlationId":"a","status":"{{status}}" }"""));

    private void Say(string topic, string payload) => _coverage.Take(topic, BusMessage.Of("", payload).Payload, Verdict.Ok);

    private CoverageGroup Group(string name) => _coverage.Report.Groups.Single(g => g.Name == name);

    private long Count(string group, string item) => Group(group).Items.Single(i => i.Name == item).Count;

    private IEnumerable<string> Exercised(string group) => Group(group).Items.Where(i => i.Count > 0).Select(i => i.Name);
}
