using Leda.Harness.Scenarios;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;

namespace Leda.Harness.Harness.Tests.Scenarios.Steps;

/// <summary>A step that cannot fail proves nothing: each expectation of the vocabulary against a world in which it does not hold.</summary>
public sealed class FailingStepTests
{
    [Theory]
    [InlineData("""Then the device says nothing on "edge/#" for 200 milliseconds""", "When the device restarts")]
    [InlineData("""Then the device never subscribes to anything for 200 milliseconds""", "When the device restarts")]
    [InlineData("""Then the device registers the feature "Metrics" """, "When the cloud goes offline")]
    [InlineData("""Then the device registers 4 features""", "When the device restarts")]
    [InlineData("""Then the connector reports the cause "CONNECTION_CLOSED" """, "When the cloud goes offline")]
    [InlineData("""Then they receive the retained status deviceId""", """When someone subscribes to "edge/thing/response" """, """And the connector takes the policy "a:b" """)]
    [InlineData("""Then they receive the retained status "connected":false""", """When someone subscribes to "edge/connection/remote/status" """)]
    [InlineData("""Then the answer is 204""", """When the cloud sends "fly" to the feature "ContainerFactory" """)]
    [InlineData("""Then the answer is 404 "messages:parameter.invalid" """, """When the cloud sends "fly" to the feature "ContainerFactory" """)]
    [InlineData("""Then nobody answers""", """When the cloud sends "fly" to the feature "ContainerFactory" """)]
    [InlineData("""Then the twin tells "created" of "/features/other" """, """When the thing "a:b" reports the feature "lamp" with {}""")]
    [InlineData("""Then the twin tells "created" of "/features/lamp" with revision 3""", """When the thing "a:b" reports the feature "lamp" with {}""")]
    [InlineData("""Then the feature "lamp" of "a:b" is {"a":1}""", """When the thing "a:b" reports the feature "lamp" with {}""")]
    [InlineData("""Then the twin refuses it with 404 "things:feature.notfound" """, """When the thing "a:b" reports the feature "lamp" with {}""")]
    [InlineData("""Then the twin's inventory is null""", "When the device restarts")]
    [InlineData("""Then the twin's inventory has 1 entries""", "When the device restarts")]
    public void Then_DoesNotHold_Fails(string then, params string[] when)
    {
        var steps = string.Join('\n', ["Given a running device without containers", .. when, then]);

        Assert.Equal((then.Trim()["Then ".Length..], ScenarioStatus.Failed), Run(steps));
    }

    [Fact]
    public void AfterThat_ItWasBefore_Fails() => Assert.Equal(
        ("after that the connector publishes on \"edge/connection/remote/status\"", ScenarioStatus.Failed),
        Run("""
            Given a device without containers
            When the harness starts
            Then the connector publishes on "edge/thing/response"
            And after that the connector publishes on "edge/connection/remote/status"
            """));

    private static (string Step, ScenarioStatus Status) Run(string steps)
    {
        var scenarios = FeatureSet.Parse("f.feature", $"Feature: F\nScenario: s\n{steps}").Scenarios;
        var result = Assert.Single(Suite.RunVirtually(scenarios, 1, _ => { }).Scenarios);
        return (result.Steps.FirstOrDefault(s => s.Status != ScenarioStatus.Passed)?.Step.Text ?? "", result.Status);
    }
}
