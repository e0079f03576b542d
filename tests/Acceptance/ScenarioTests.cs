using Leda.Harness.Scenarios;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;
using Leda.Harness.Scenarios.Steps;

namespace Leda.Harness.Acceptance;

/// <summary>One test for each scenario of <c>features/</c>, on real MQTT in real time, each on a port of its own.</summary>
public sealed class ScenarioTests
{
    private static readonly Dictionary<string, Scenario> _scenarios = Features.All.ToDictionary(s => s.Id);

    public static IEnumerable<TheoryDataRow<string>> All =>
        Features.All.Select(s => new TheoryDataRow<string>(s.Id) { TestDisplayName = $"{s.Feature.Title}: {s.Sentence}" });

    [Theory]
    [MemberData(nameof(All))]
    public async Task Scenario_OnRealMqtt_Passes(string id)
    {
        var run = await Suite.RunAsync([_scenarios[id]], new WorldSettings());

        var result = Assert.Single(run.Scenarios);
        Assert.True(result.Status == ScenarioStatus.Passed, TextReport.Of(result));
    }
}
