using Reqnroll;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 3: the order of hooks, and which ones apply.</summary>
public sealed class HookTests
{
    private const string Order = """
        Feature: f
          Scenario: one
            Given a
            And a
            When b
          @ignore
          Scenario: left out
            Given a
          Scenario: two
            Then c
        """;

    [Fact]
    public async Task Hooks_WholeRun_InOrder()
    {
        var (run, log) = await Probe.RunAsync(Order, [typeof(Everything)]);

        Assert.False(run.IsFailure);
        Assert.Equal(
            "run{ feature{ "
            + "scenario{ block{Given step{ a }step step{ a }step }block(Given) block{When step{ b }step }block(When) }scenario "
            + "scenario{ block{Then step{ c }step }block(Then) }scenario "
            + "}feature }run",
            log.Text);
    }

    [Fact]
    public async Task Hooks_WholeFeatureIgnored_NoneOfTheFeature()
    {
        var (run, log) = await Probe.RunAsync("@IGNORE\nFeature: f\nScenario: s\nGiven a", [typeof(Everything)]);

        Assert.Equal("run{ }run", log.Text);
        Assert.Equal("Ignored", run.Scenarios[0].SkipReason);
        Assert.True(run.IsEmpty);
    }

    [Fact]
    public async Task Hooks_Order_AscendingForAfterHooksToo()
    {
        var (_, log) = await Probe.RunStepsAsync("Given a", [typeof(Ordered)]);

        Assert.Equal("b-1 b0 b10000 b10001 a a-1 a5", log.Text);
    }

    [Theory]
    [InlineData("", "always")]
    [InlineData("@one", "always one tags")]
    [InlineData("@two", "always tags")]
    [InlineData("@one @two", "always one tags")]
    [InlineData("@ONE", "always")]
    [InlineData("@scoped", "always tags")]
    public async Task Hooks_TagsAndScopes_AnyOfThemOnce(string tags, string expected)
    {
        var (_, log) = await Probe.RunStepsAsync("Given a", [typeof(Tagged)], tags);

        Assert.Equal(expected, log.Text);
    }

    [Fact]
    public async Task Hooks_TagsOfFeatureRuleAndExamples_AllCount()
    {
        const string Feature = """
            @one
            Feature: f
              @other
              Rule: r
                Scenario Outline: s
                  Given a
                  @two
                  Examples:
                    | x |
                    | 1 |
            """;

        var (_, log) = await Probe.RunAsync(Feature, [typeof(Tagged), typeof(FeatureTagged)]);

        Assert.Equal("feature-one always one tags", log.Text);
    }

    [Binding]
    internal sealed class Everything(Log log, ScenarioContext context)
    {
        [BeforeTestRun]
        public static void BeforeRun(Log log) => log.Add("run{");

        [AfterTestRun]
        public static void AfterRun(Log log) => log.Add("}run");

        [BeforeFeature]
        public static void BeforeFeature(Log log, FeatureContext feature) => log.Add($"feature{(feature.FeatureInfo.Title == "f" ? "{" : "?")}");

        [AfterFeature]
        public static void AfterFeature(Log log) => log.Add("}feature");

        [Before]
        public static void Before(Log log, ScenarioContext scenario) => log.Add($"scenario{(scenario.CurrentScenarioBlock == ScenarioBlock.None ? "{" : "?")}");

        [After]
        public async Task After()
        {
            await Task.Yield();
            log.Add("}scenario");
        }

        [BeforeScenarioBlock]
        public void BeforeBlock() => log.Add($"block{{{context.CurrentScenarioBlock}");

        [AfterScenarioBlock]
        public void AfterBlock() => log.Add($"}}block({context.CurrentScenarioBlock})");

        [BeforeStep]
        public void BeforeStep() => log.Add("step{");

        [AfterStep]
        public void AfterStep() => log.Add("}step");

        [StepDefinition("{word}")]
        public void Step(string text) => log.Add(text);
    }

    [Binding]
    internal sealed class Ordered(Log log)
    {
        [BeforeScenario]
        public void Default() => log.Add("b10000");

        [BeforeScenario(Order = 10001)]
        public void Late() => log.Add("b10001");

        [BeforeScenario(Order = 0)]
        public void Early() => log.Add("b0");

        [BeforeScenario(Order = -1)]
        public void First() => log.Add("b-1");

        [Given("a")]
        public void A() => log.Add("a");

        [AfterScenario(Order = 5)]
        public void After() => log.Add("a5");

        [AfterScenario(Order = -1)]
        public void AfterFirst() => log.Add("a-1");
    }

    [Binding]
    internal sealed class Tagged(Log log)
    {
        [Given("a")]
        public static void A()
        {
        }

        [BeforeScenario(Order = 1)]
        public void Always() => log.Add("always");

        [BeforeScenario("@one", Order = 2)]
        public void One() => log.Add("one");

        [BeforeScenario("one", "two", Order = 3), BeforeScenario("two", Order = 4), Scope(Tag = "scoped")]
        public void Several() => log.Add("tags");
    }

    [Binding]
    internal static class FeatureTagged
    {
        [BeforeFeature("one")]
        public static void One(Log log) => log.Add("feature-one");

        [BeforeFeature("two", "other")]
        public static void Two(Log log) => log.Add("feature-two");
    }
}
