using Leda.Harness.Scenarios.Running;
using Reqnroll;
using Reqnroll.UnitTestProvider;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 3: the order of hooks, which ones apply, and what happens when one throws.</summary>
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

    [Theory]
    [InlineData(nameof(HookType.BeforeScenario), "BeforeScenario AfterScenario dispose", "Skipped Skipped Skipped")]
    [InlineData(nameof(HookType.BeforeScenarioBlock), "BeforeScenario BeforeScenarioBlock AfterScenario dispose", "Skipped Skipped Skipped")]
    [InlineData(nameof(HookType.BeforeStep), "BeforeScenario BeforeScenarioBlock BeforeStep AfterStep AfterScenario dispose", "Failed Skipped Undefined")]
    [InlineData(nameof(HookType.AfterStep), "BeforeScenario BeforeScenarioBlock BeforeStep a AfterStep AfterScenario dispose", "Passed Skipped Skipped")]
    [InlineData(
        nameof(HookType.AfterScenarioBlock),
        "BeforeScenario BeforeScenarioBlock BeforeStep a AfterStep AfterScenarioBlock AfterScenario dispose",
        "Passed Skipped Skipped")]
    public async Task Hooks_OneThrows_OnlyWhatMustStillRuns(string failing, string expected, string steps)
    {
        var (result, log) = await Probe.RunStepsAsync("Given a\nWhen b\nThen unknown", [typeof(Failing)], $"@{failing}");

        Assert.Equal(expected, log.Text);
        Assert.Equal(steps, string.Join(' ', result.Steps.Select(step => step.Status)));
        Assert.Equal(ScenarioStatus.Failed, result.Status);
        Assert.Equal(failing, Assert.IsType<TimeoutException>(result.Error).Message);
        Assert.Equal(failing, Assert.Single(result.HookFailures).Kind.ToString());
    }

    [Fact]
    public async Task Hooks_AfterScenarioThrows_LaterOnesLeftOutButDisposed()
    {
        var (result, log) = await Probe.RunStepsAsync("Given a", [typeof(Failing)], "@AfterScenario");

        Assert.Equal("BeforeScenario BeforeScenarioBlock BeforeStep a AfterStep AfterScenarioBlock AfterScenario dispose", log.Text);
        Assert.IsType<TimeoutException>(result.Error);
    }

    [Fact]
    public async Task Hooks_StepFails_NoAfterScenarioBlock()
    {
        var (result, log) = await Probe.RunStepsAsync("Given a\nWhen it fails\nThen unknown", [typeof(Failing)]);

        Assert.Equal(
            "BeforeScenario BeforeScenarioBlock BeforeStep a AfterStep AfterScenarioBlock BeforeScenarioBlock BeforeStep AfterStep AfterScenario later dispose",
            log.Text);
        Assert.IsType<InvalidOperationException>(result.Error);
    }

    [Theory]
    [InlineData("Given unknown")]
    [InlineData("Given number abc")]
    public async Task Hooks_StepNotMatchedOrConverted_NoStepHooks(string step)
    {
        var (result, log) = await Probe.RunStepsAsync(step, [typeof(Failing)]);

        Assert.True(result.IsFailure);
        Assert.Equal("BeforeScenario BeforeScenarioBlock AfterScenario later dispose", log.Text);
    }

    [Fact]
    public async Task Hooks_BeforeFeatureThrows_FirstFailsWithItOthersBecauseOfIt()
    {
        var (run, log) = await Probe.RunAsync("Feature: f\nScenario: one\nGiven a\nScenario: two\nGiven a", [typeof(FailingFeature)]);

        Assert.IsType<TimeoutException>(run.Scenarios[0].Error);
        var second = Assert.IsType<ReqnrollException>(run.Scenarios[1].Error);
        Assert.Contains("FailingFeature.Before", second.Message);
        Assert.Equal("after", log.Text);
        Assert.All(run.Scenarios, scenario => Assert.Equal(ScenarioStatus.Failed, scenario.Status));
    }

    [Fact]
    public async Task Hooks_AfterFeatureThrows_RunFails()
    {
        var (run, _) = await Probe.RunAsync("Feature: f\nScenario: one\nGiven a", [typeof(FailingAfterFeature)]);

        Assert.Equal(ScenarioStatus.Passed, run.Scenarios[0].Status);
        Assert.True(run.IsFailure);
        Assert.Equal("FailingAfterFeature.After", Assert.Single(run.HookFailures).Method);
    }

    [Fact]
    public async Task Hooks_BeforeTestRunThrows_NothingRuns()
    {
        var (run, _) = await Probe.RunAsync("Feature: f\nScenario: one\nGiven a", [typeof(FailingRun)]);

        Assert.Empty(run.Scenarios);
        Assert.True(run.IsFailure);
    }

    [Fact]
    public async Task Hooks_SkipInBeforeScenario_SkippedWithReason()
    {
        var (result, log) = await Probe.RunStepsAsync("Given a", [typeof(Skipping)], "@hook");

        Assert.Equal(ScenarioStatus.Skipped, result.Status);
        Assert.Equal("no engine here", result.SkipReason);
        Assert.Equal("after", log.Text);
        Assert.Empty(result.HookFailures);
    }

    [Fact]
    public async Task Hooks_SkipInStep_AfterHooksRunRestSkipped()
    {
        var (result, log) = await Probe.RunStepsAsync("Given skip\nGiven a", [typeof(Skipping)]);

        Assert.Equal(ScenarioStatus.Skipped, result.Status);
        Assert.Equal("afterstep after", log.Text);
        Assert.Equal(2, result.Steps.Count(step => step.Status == ScenarioStatus.Skipped));
    }

    [Fact]
    public async Task Hooks_SkipAfterAFailure_StillFailed()
    {
        var (result, _) = await Probe.RunStepsAsync("Given fail", [typeof(Skipping)], "@late");

        Assert.Equal(ScenarioStatus.Failed, result.Status);
        Assert.IsType<TimeoutException>(result.Error);
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

    internal sealed record Witness(Log Log) : IDisposable
    {
        public void Dispose() => Log.Add("dispose");
    }

    [Binding]
    internal sealed class Failing(Log log, ScenarioContext context, Witness witness)
    {
        [BeforeScenario]
        public void BeforeScenario() => Do(HookType.BeforeScenario);

        [AfterScenario(Order = 1)]
        public void AfterScenario() => Do(HookType.AfterScenario);

        [AfterScenario(Order = 2)]
        public void Later()
        {
            if (context.ScenarioInfo.Tags.Length == 0) log.Add("later");
        }

        [BeforeScenarioBlock]
        public void BeforeBlock() => Do(HookType.BeforeScenarioBlock);

        [AfterScenarioBlock]
        public void AfterBlock() => Do(HookType.AfterScenarioBlock);

        [BeforeStep]
        public void BeforeStep() => Do(HookType.BeforeStep);

        [AfterStep]
        public void AfterStep() => Do(HookType.AfterStep);

        [Given("a"), When("b")]
        public void Step() => log.Add("a");

        [When("it fails")]
        public void Fail() => throw new InvalidOperationException($"{witness}");

        [Given("^number (.*)$")]
        public void Number(int value) => log.Add($"{value}");

        private void Do(HookType kind)
        {
            log.Add($"{kind}");
            if (context.ScenarioInfo.Tags.Contains($"{kind}")) throw new TimeoutException($"{kind}");
        }
    }

    [Binding]
    internal static class FailingFeature
    {
        [BeforeFeature]
        public static void Before() => throw new TimeoutException();

        [AfterFeature]
        public static void After(Log log) => log.Add("after");

        [Given("a")]
        public static void A() => throw new NotSupportedException("must not run");
    }

    [Binding]
    internal static class FailingAfterFeature
    {
        [AfterFeature]
        public static void After() => throw new TimeoutException();

        [Given("a")]
        public static void A()
        {
        }
    }

    [Binding]
    internal static class FailingRun
    {
        [BeforeTestRun]
        public static void Before() => throw new TimeoutException();
    }

    [Binding]
    internal sealed class Skipping(Log log, IUnitTestRuntimeProvider runtime)
    {
        [BeforeScenario("hook")]
        public void Skip() => runtime.TestIgnore("no engine here");

        [Given("skip")]
        public void SkipStep() => runtime.TestIgnore("not today");

        [Given("a")]
        public void A() => log.Add("a");

        [Given("fail")]
        public void Fail() => throw new TimeoutException();

        [AfterStep]
        public void AfterStep() => log.Add("afterstep");

        [AfterScenario]
        public void After() => log.Add("after");

        [AfterScenario("late")]
        public void SkipLate() => runtime.TestIgnore("too late");
    }
}
