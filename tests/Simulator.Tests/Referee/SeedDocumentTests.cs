using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>
/// The document that this project was started for writes its topics without the namespace, and once the tenant in place of it. The
/// referee explains both (<c>seed-flow.md</c>).
/// </summary>
public sealed class SeedDocumentTests
{
    private const string SoftwareUpdatable =
        """{"definition":["org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0"],"properties":{"status":{"softwareModuleType":"oci:container"}}}""";

    [Fact]
    public void Judge_BusTopicWithoutNamespace_SaysThatItBelongsThere()
    {
        var judgement = Cloud.Judge("e/tenant/bar:baz:edge:containers", Envelope("foo/bar:baz:edge:containers"));

        var finding = Assert.Single(judgement.Findings);
        Assert.Equal(Verdict.Error, judgement.Verdict);
        Assert.Equal(
            "SEM-15/thing at topic: expected 'foo:bar:baz:edge:containers', seen 'bar:baz:edge:containers'. The whole device id, namespace included, belongs here.",
            finding.ToString());
    }

    [Fact]
    public void Judge_TenantInPlaceOfTheNamespace_SaysThatItNeverAppearsThere()
    {
        var judgement = Cloud.Judge("e/tenant/foo:bar:baz:edge:containers", Envelope("tenant/bar:baz:edge:containers"));

        var finding = Assert.Single(judgement.Findings);
        Assert.Equal((Severity.Error, "/topic"), (finding.Severity, finding.Where));
        Assert.Equal("the tenant 'tenant'", finding.Seen);
    }

    [Fact]
    public void Judge_BothMistakesAtOnce_ExplainsBoth()
    {
        var judgement = Cloud.Judge("e/tenant/bar:baz:edge:containers", Envelope("tenant/bar:baz:edge:containers"));

        Assert.Equal(["/topic", "topic"], judgement.Findings.Select(finding => finding.Where));
        Assert.Equal("'<namespace>:bar:baz:edge:containers'", judgement.Findings[1].Expected);
    }

    [Fact]
    public void Judge_WholeDeviceIdInBothPlaces_IsFine() =>
        Assert.Equal(Verdict.Ok, Cloud.Judge("e/tenant/foo:bar:baz:edge:containers", Envelope("foo/bar:baz:edge:containers")).Verdict);

    [Fact]
    public void Judge_TenantThatIsNamedAsTheNamespace_IsFine() =>
        Assert.Equal(Verdict.Ok, Cloud.Judge("e/foo/foo:bar:baz:edge:containers", Envelope("foo/bar:baz:edge:containers")).Verdict);

    [Fact]
    public void Judge_WhatTheDaemonSendsWithoutAnIdentity_IsAnError()
    {
        var judgement = Cloud.Judge("e//::edge:containers", Envelope("/:edge:containers"));

        var finding = Assert.Single(judgement.Findings);
        Assert.Equal(("identity/empty", "/topic"), (finding.Rule, finding.Where));
        Assert.Contains("deviceId", finding.Hint, StringComparison.Ordinal);
    }

    private static string Envelope(string thing) =>
        $$"""{"topic":"{{thing}}/things/twin/commands/modify","headers":{"response-required":false},"path":"/features/SoftwareUpdatable","value":{{SoftwareUpdatable}}}""";
}
