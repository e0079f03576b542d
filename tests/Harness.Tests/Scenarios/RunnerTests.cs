using Leda.Harness.Scenarios.Bindings;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;
using Microsoft.Extensions.Time.Testing;
using Reqnroll;
using Reqnroll.UnitTestProvider;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 10: what becomes of steps that fail or are missing, and where the engine runs.</summary>
public sealed class RunnerTests
{
    [Theory]
    [InlineData("Given ok\nThen ok", "Passed", "Passed Passed")]
    [InlineData("Given fail\nThen unknown\nThen pending\nThen ok", "Failed", "Failed Undefined Skipped Skipped")]
    [InlineData("Given pending\nThen unknown\nThen ok", "Undefined", "Pending Undefined Skipped")]
    [InlineData("Given unknown\nThen pending", "Undefined", "Undefined Skipped")]
    [InlineData("Given pending\nThen ok", "Pending", "Pending Skipped")]
    [InlineData("Given unknown\nThen twice", "Ambiguous", "Undefined Ambiguous")]
    [InlineData("Given fail\nThen twice", "Failed", "Failed Ambiguous")]
    [InlineData("Given count 3", "Failed", "Failed")]
    [InlineData("Given test pending", "Pending", "Pending")]
    [InlineData("Given test inconclusive", "Failed", "Failed")]
    public async Task RunAsync_StepsThatDoNotPass_WorstCountsLaterOnesOnlyMatched(string steps, string scenario, string each)
    {
        var (result, _) = await Probe.RunStepsAsync(steps, [typeof(Steps)]);

        Assert.Equal(scenario, $"{result.Status}");
        Assert.Equal(each, string.Join(' ', result.Steps.Select(step => step.Status)));
        Assert.Equal(scenario != "Passed", result.IsFailure);
    }

    [Theory]
    [InlineData("Given unknown", nameof(MissingStepOutcome.Ignore), "Skipped", null)]
    [InlineData("Given unknown", nameof(MissingStepOutcome.Error), "Failed", nameof(MissingStepDefinitionException))]
    [InlineData("Given unknown", nameof(MissingStepOutcome.Inconclusive), "Undefined", nameof(MissingStepDefinitionException))]
    [InlineData("Given pending", nameof(MissingStepOutcome.Ignore), "Skipped", null)]
    [InlineData("Given pending", nameof(MissingStepOutcome.Error), "Failed", nameof(PendingStepException))]
    public async Task RunAsync_MissingStepOutcome_AsConfigured(string steps, string outcome, string status, string? error)
    {
        var (result, _) = await Probe.RunStepsAsync(
            steps, [typeof(Steps)], change: options => options with { MissingOrPendingSteps = Enum.Parse<MissingStepOutcome>(outcome) });

        Assert.Equal(status, $"{result.Status}");
        Assert.Equal(error, result.Error?.GetType().Name);
    }

    [Fact]
    public async Task RunAsync_StopAtFirstError_RestNotEvenMatched()
    {
        var (result, _) = await Probe.RunStepsAsync(
            "Given fail\nThen unknown", [typeof(Steps)], change: options => options with { StopAtFirstError = true });

        Assert.Equal(ScenarioStatus.Skipped, result.Steps[1].Status);
    }

    [Fact]
    public async Task RunAsync_PendingSteps_MethodsNamedOwnTextInTheStep()
    {
        var (result, _) = await Probe.RunStepsAsync("Given pending", [typeof(Steps)]);

        Assert.StartsWith("Test pending:", result.Error!.Message);
        Assert.EndsWith("Steps.Pending", result.Error.Message);
        Assert.Equal("when the pump is there", result.Steps[0].Error!.Message);
    }

    [Fact]
    public async Task RunAsync_EmptyRuleAndBackground_RunInFront()
    {
        var (run, log) = await Probe.RunAsync("Feature: f\nBackground:\nGiven say one\nRule: r\nBackground:\nGiven say two\nScenario: s\nThen say three", [typeof(Steps)]);

        Assert.False(run.IsFailure);
        Assert.False(run.IsEmpty);
        Assert.Equal("one two three", log.Text);
    }

    [Fact]
    public async Task RunAsync_SkippedExamples_OnlyThoseRows()
    {
        const string Feature = "Feature: f\nScenario Outline: o\nGiven say <x>\n@Ignore\nExamples: a\n| x |\n| 1 |\nExamples: b\n| x |\n| 2 |";

        var (run, log) = await Probe.RunAsync(Feature, [typeof(Steps)]);

        Assert.Equal("2", log.Text);
        Assert.Equal([ScenarioStatus.Skipped, ScenarioStatus.Passed], run.Scenarios.Select(one => one.Status));
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsBeforeTheNextScenario()
    {
        using var stop = new CancellationTokenSource();
        var runner = new ScenarioRunner(
            BindingRegistry.FromTypes(typeof(Steps)),
            new RunnerOptions { Clock = new FakeTimeProvider(), ConfigureRun = container => container.RegisterInstanceAs(new Log()) });
        var scenarios = FeatureSet.Parse("f", "Feature: f\nScenario: a\nGiven ok\nScenario: b\nGiven ok").Scenarios;

        var run = await runner.RunAsync(scenarios, _ => stop.Cancel(), stop.Token);

        Assert.Equal("a", Assert.Single(run.Scenarios).Scenario.Name);
    }

    [Fact]
    public void RunAsync_OneThreadAndVirtualClock_NeitherIsLeft()
    {
        var clock = new FakeTimeProvider();
        var loop = new OneThread(() => clock.Advance(TimeSpan.FromSeconds(1)));

        var (result, log) = loop.Run(() => Probe.RunStepsAsync(
            "Given wait 30 s\nThen ok",
            [typeof(Waiting), typeof(Steps)],
            change: options => options with { Clock = clock, ConfigureScenario = (container, _) => container.RegisterInstanceAs<TimeProvider>(clock) }));

        Assert.Null(result.Error);
        Assert.Equal(TimeSpan.FromSeconds(30), result.Duration);
        Assert.Equal(TimeSpan.FromSeconds(30), result.Steps[0].Duration);
        Assert.Equal(TimeSpan.Zero, result.Steps[1].Duration);
        Assert.Equal(["before", "step", "woken", "after"], log.Lines.Select(line => line.Split(':')[0]));
        Assert.All(log.Lines, line => Assert.Equal($"{Environment.CurrentManagedThreadId}", line.Split(':')[1]));
    }

    [Binding]
    internal sealed class Steps(Log log, IUnitTestRuntimeProvider runtime)
    {
        [StepDefinition("ok")]
        public static void Ok()
        {
        }

        [StepDefinition("fail")]
        public static void Fail() => throw new TimeoutException();

        [StepDefinition("pending")]
        public static void Pending() => throw new PendingStepException("when the pump is there");

        [StepDefinition("twice")]
        public static void Twice()
        {
        }

        [StepDefinition("twice")]
        public static void TwiceAgain()
        {
        }

        [Given("count {int}")]
        public static void Count() => throw new NotSupportedException("must not be called");

        [StepDefinition("say {word}")]
        public void Say(string text) => log.Add(text);

        [Given("test pending")]
        public void TestPending() => runtime.TestPending("later");

        [Given("test inconclusive")]
        public void TestInconclusive() => runtime.TestInconclusive("who knows");
    }

    [Binding]
    internal sealed class Waiting(Log log, TimeProvider clock)
    {
        [BeforeScenario]
        public async Task Before()
        {
            await Task.Yield();
            Note("before");
        }

        [Given("wait {int} s")]
        public async Task Wait(int seconds)
        {
            Note("step");
            await Task.Delay(TimeSpan.FromSeconds(seconds), clock);
            Note("woken");
        }

        [AfterScenario]
        public void After() => Note("after");

        private void Note(string text) => log.Add($"{text}:{Environment.CurrentManagedThreadId}");
    }

    /// <summary>Runs everything on the caller's thread; when nothing is left to do, time passes.</summary>
    private sealed class OneThread(Action pass) : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();

        public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

        public T Run<T>(Func<Task<T>> action)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                var task = action();
                for (var rounds = 0; !task.IsCompleted; rounds++)
                {
                    Assert.True(rounds < 1000, "The run does not end.");
                    if (_work.TryDequeue(out var work)) work.Callback(work.State);
                    else pass();
                }

                return task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
