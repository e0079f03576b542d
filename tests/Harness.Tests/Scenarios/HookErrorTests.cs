using Leda.Harness.Scenarios.Running;
using Reqnroll;
using Reqnroll.UnitTestProvider;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 3: what still happens when a hook throws or skips.</summary>
public sealed class HookErrorTests
{
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
        Assert.Null(result.SkipReason);
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
