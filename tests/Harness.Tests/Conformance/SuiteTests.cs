using Leda.Harness.Conformance;

namespace Leda.Harness.Tests.Conformance;

public sealed class SuiteTests
{
    public static TheoryData<string> DefectNames => [.. Defects.All.Select(d => d.Name)];

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
        var defect = Defects.All.Single(d => d.Name == name);

        var report = VirtualDevice.Try(defect);

        Assert.Equal([defect.Requirement], report.Failures.Select(r => r.Id == defect.Requirement ? r.Id : Show(r)));
        Assert.All(report.Failures, f => Assert.NotEmpty(f.Evidence));
    }

    private static string Show(RequirementResult result) => $"{result.Id} {result.Reason}: expected {result.Expected}, seen {result.Seen}";
}
