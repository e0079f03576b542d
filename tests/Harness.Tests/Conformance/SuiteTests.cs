using Leda.Harness.Conformance;

namespace Leda.Harness.Tests.Conformance;

public sealed class SuiteTests
{
    private static readonly IReadOnlyList<Defect> _defects = [.. Defects.All, .. MoreDefects.All];

    public static TheoryData<string> DefectNames => [.. _defects.Select(d => d.Name)];

    [Fact]
    public void OwnDevice_AllPass()
    {
        var report = VirtualDevice.Try();

        Assert.Empty(report.Failures.Select(Show));
        Assert.Empty(report.Results.Where(r => r.Outcome == Outcome.NotApplicable).Select(Show));
        Assert.True(report.Count(Outcome.Passed) > 80, report.Summary);
    }

    [Fact]
    public void OwnDevice_WithoutLeaveToChangeIt_NoContainerIsMade()
    {
        var report = VirtualDevice.Try(change: o => o with { Destructive = false });

        Assert.Empty(report.Failures.Select(Show));
        Assert.All(report.Results.Where(r => r.Theme is "OP" or "CR" or "SU"), r => Assert.Equal(Outcome.NotApplicable, r.Outcome));
        Assert.DoesNotContain(report.Results.SelectMany(r => r.Evidence), e => e.Topic.Contains("/create", StringComparison.Ordinal) && !e.Topic.Contains("ER", StringComparison.Ordinal) && new DeviceMessage(e).Value?.GetRawText().Contains("imageRef", StringComparison.Ordinal) == true);
    }

    [Theory]
    [MemberData(nameof(DefectNames))]
    public void Device_WithADefect_IsToldOfItAndOfNothingElse(string name)
    {
        var defect = Named(name);

        var report = VirtualDevice.Try(defect);

        Assert.Equal([defect.Requirement], report.Failures.Select(r => r.Id == defect.Requirement ? r.Id : Show(r)));
        Assert.All(report.Failures, f => Assert.NotEmpty(f.Evidence));
    }

    [Theory]
    [InlineData("statuses in the wrong order", "two answers")]
    [InlineData("statuses in the wrong order", "a progress of 150 %")]
    [InlineData("lastOperation before lastFailedOperation", "keys of dependencies with slashes")]
    [InlineData("answers without correlation id", "no INSTALLING")]
    [InlineData("two answers", "statuses with a correlation id of their own")]
    [InlineData("everything retained", "a progress of 150 %")]
    [InlineData("no RUNNING after start", "state in small letters")]
    [InlineData("another version of ContainerFactory", "a progress of 150 %")]
    public void Device_WithTwoDefects_IsToldOfBoth(string one, string other)
    {
        var (first, second) = (Named(one), Named(other));
        var both = new Defect($"{one}, {other}", "")
        {
            Out = m => first.Out(m).SelectMany(a => second.Out(a.Message).Select(b => (a.Delay + b.Delay, b.Message))),
        };

        var report = VirtualDevice.Try(both);

        Assert.Equal(new[] { first.Requirement, second.Requirement }.Order(), report.Failures.Select(r => r.Id == first.Requirement || r.Id == second.Requirement ? r.Id : Show(r)).Order());
    }

    private static Defect Named(string name) => _defects.Single(d => d.Name == name);

    private static string Show(RequirementResult result) => $"{result.Id} {result.Reason}: expected {result.Expected}, seen {result.Seen}";
}
