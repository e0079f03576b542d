using Leda.Harness.Scenarios.Running;
using Reqnroll;
using Reqnroll.BoDi;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 6: what the context objects tell, and what steps can keep in them.</summary>
public sealed class ContextTests
{
    [Fact]
    public void Get_TypedValues_ByTypeNameOrKey()
    {
        var context = NewContext();
        context.Set(7);
        context.Set("seven", "word");
        var calls = 0;
        context.Set(() => ++calls + 0.5);

        Assert.Equal(7, context.Get<int>());
        Assert.Equal(7, context["System.Int32"]);
        Assert.Equal("seven", context.Get<string>("word"));
        Assert.Equal([1.5, 2.5], [context.Get<double>(), context.Get<double>()]);
        Assert.True(context.TryGetValue<int>(out var seven));
        Assert.Equal(7, seven);
        Assert.False(context.TryGetValue<Guid>(out _));
        Assert.False(context.TryGetValue<string>("other", out _));
    }

    [Fact]
    public void Get_MissingOrOfAnotherType_Throws()
    {
        var context = NewContext();
        context["System.Int32"] = "text";

        Assert.Throws<KeyNotFoundException>(() => context.Get<string>());
        Assert.Throws<InvalidCastException>(() => context.Get<int>());
    }

    [Fact]
    public async Task Contexts_OfAnOutlineInARule_TellWhatIsWritten()
    {
        const string Feature = """
            @f
            Feature: Fleet
              About the feature.

              @r
              Rule: Only one
                About the rule.

                @s
                Scenario Outline: Update <what>
                  About the scenario.

                  Given tell <what>
                  @e
                  Examples:
                    | what | size |
                    | app  | 12   |
            """;

        var (_, log) = await Probe.RunAsync(Feature, [typeof(Telling)]);

        Assert.Equal(
            [
                "Fleet/About the feature./f/en-US/",
                "Only one/About the rule./r",
                "Update <what>/About the scenario./s,e/s,e,f,r",
                "what=app,size=12",
                "Given tell app//",
                "Given/OK",
            ],
            log.Lines.Select(line => line.Replace("   ", string.Empty)));
    }

    [Fact]
    public async Task Contexts_StepWithTableAndDocString_InStepInfo()
    {
        var (_, log) = await Probe.RunStepsAsync("Given doc\n\"\"\"\nhi\n\"\"\"\nGiven table\n| a |\n| b |", [typeof(Telling)]);

        Assert.Equal("hi/ /1", log.Text);
    }

    [Fact]
    public async Task Contexts_InHooks_SeeErrorAndStatus()
    {
        var (_, log) = await Probe.RunStepsAsync("Given fail\nGiven unknown", [typeof(Watching)]);

        Assert.Equal("step:TestError:TimeoutException scenario:TestError:TimeoutException", log.Text);
    }

    [Fact]
    public async Task Contexts_FeatureContext_SharedByScenariosOfOneFeature()
    {
        var (run, log) = await Probe.RunAsync("Feature: f\nScenario: a\nGiven count\nScenario: b\nGiven count", [typeof(Counting)]);

        Assert.False(run.IsFailure);
        Assert.Equal("feature:1 scenario:1 feature:2 scenario:1", log.Text);
    }

    [Fact]
    public async Task Injection_EveryInjectableType_Given()
    {
        var (result, _) = await Probe.RunStepsAsync("Given everything", [typeof(Injected)]);

        Assert.Null(result.Error);
        Assert.Equal(["hello", "1 and 2"], result.Steps[0].Output);
        Assert.Equal(["before"], result.Output);
        Assert.Equal(["a.txt"], result.Attachments);
    }

    [Fact]
    public async Task Injection_BindingClasses_OneInstanceAScenarioMadeLazily()
    {
        var (_, log) = await Probe.RunAsync("Feature: f\nScenario: a\nGiven one\nGiven two\nScenario: b\nGiven one", [typeof(One), typeof(Two), typeof(Never)]);

        Assert.Equal("one:1 two:2 one:1", log.Text);
    }

    [Fact]
    public async Task Injection_DisposeThrows_ScenarioFails()
    {
        var (result, _) = await Probe.RunStepsAsync("Given bomb", [typeof(Bomb)]);

        Assert.Equal(ScenarioStatus.Failed, result.Status);
        Assert.IsType<TimeoutException>(result.Error);
        Assert.Contains("TimeoutException", TextReport.Of(result));
    }

    [Fact]
    public async Task Injection_WhatTheHostRegisters_Given()
    {
        var (result, log) = await Probe.RunStepsAsync(
            "Given world", [typeof(World)], change: options => options with
            {
                ConfigureScenario = (container, scenario) => container.RegisterInstanceAs(new Planet(scenario.Id)),
            });

        Assert.Null(result.Error);
        Assert.Equal("f.feature:3", log.Text);
    }

    private static ScenarioContext NewContext() => new(
        new ScenarioInfo("", "", [], new System.Collections.Specialized.OrderedDictionary(), []), null, new ObjectContainer());

    [Binding]
    internal sealed class Telling(Log log, ScenarioContext scenario, FeatureContext feature)
    {
        [Given("tell {word}")]
        public void Tell(string what)
        {
            var info = feature.FeatureInfo;
            log.Add($"{info.Title}/{info.Description.Trim()}/{string.Join(",", info.Tags)}/{info.Language.Name}/{info.FolderPath}");
            var rule = scenario.RuleInfo!;
            log.Add($"{rule.Title}/{rule.Description.Trim()}/{string.Join(",", rule.Tags)}");
            var one = scenario.ScenarioInfo;
            log.Add($"{one.Title}/{one.Description.Trim()}/{string.Join(",", one.Tags)}/{string.Join(",", one.CombinedTags)}");
            log.Add(string.Join(",", one.Arguments.Keys.Cast<string>().Select(key => $"{key}={one.Arguments[key]}")));
            var step = scenario.StepContext!.StepInfo;
            log.Add($"{step.StepDefinitionType} {step.Text.Replace(what, "app")}/{step.Table}/{step.MultilineText}");
            log.Add($"{scenario.CurrentScenarioBlock}/{scenario.ScenarioExecutionStatus}");
        }

        [Given("doc")]
        public void Doc(string text) => log.Add($"{scenario.StepContext!.StepInfo.MultilineText}/{scenario.StepContext.StepInfo.Table}{text[..0]}");

        [Given("table")]
        public void OfTable(Table table)
            => log.Add($"{scenario.StepContext!.StepInfo.MultilineText}/{(scenario.StepContext.StepInfo.Table == table ? table.RowCount : 0)}");
    }

    [Binding]
    internal sealed class Watching(Log log, ScenarioContext scenario)
    {
        [Given("fail")]
        public static void Fail() => throw new TimeoutException();

        [AfterStep]
        public void AfterStep() => log.Add($"step:{scenario.StepContext!.Status}:{scenario.StepContext.StepError!.GetType().Name}");

        [AfterScenario]
        public void AfterScenario() => log.Add($"scenario:{scenario.ScenarioExecutionStatus}:{scenario.TestError!.GetType().Name}");
    }

    [Binding]
    internal sealed class Counting(Log log, ScenarioContext scenario, FeatureContext feature)
    {
        [Given("count")]
        public void Count()
        {
            log.Add($"feature:{Next(feature)}");
            log.Add($"scenario:{Next(scenario)}");
        }

        private static int Next(ReqnrollContext context)
        {
            context.Set(context.TryGetValue<int>(out var count) ? count + 1 : 1);
            return context.Get<int>();
        }
    }

    [Binding]
    internal sealed class Injected(
        IObjectContainer container, ScenarioContext scenario, FeatureContext feature, ScenarioInfo scenarioInfo, FeatureInfo featureInfo,
        IReqnrollOutputHelper output, Reqnroll.UnitTestProvider.IUnitTestRuntimeProvider runtime, ITestRunContext run)
    {
        [BeforeScenario]
        public void Before() => output.WriteLine("before");

        [Given("everything")]
        public void Everything()
        {
            Assert.Same(scenario.ScenarioContainer, container);
            Assert.Same(scenario.ScenarioInfo, scenarioInfo);
            Assert.Same(feature.FeatureInfo, featureInfo);
            Assert.NotSame(feature.FeatureContainer, container);
            Assert.NotNull(runtime);
            Assert.True(Directory.Exists(run.TestDirectory));
            output.WriteLine("hello");
            output.WriteLine("{0} and {1}", 1, 2);
            output.AddAttachment("a.txt");
        }
    }

    internal sealed class Shared
    {
        public int Count { get; set; }
    }

    [Binding]
    internal sealed class One(Log log, Shared shared)
    {
        [Given("one")]
        public void Step() => log.Add($"one:{++shared.Count}");
    }

    [Binding]
    internal sealed class Two(Log log, Shared shared)
    {
        [Given("two")]
        public void Step() => log.Add($"two:{++shared.Count}");
    }

    [Binding]
    internal sealed class Never
    {
        public Never() => throw new NotSupportedException("Nobody needs it.");

        [Given("never")]
        public static void Step()
        {
        }

        [Given("never ever")]
        public void Instance()
        {
        }
    }

    [Binding]
    internal sealed class Bomb : IDisposable
    {
        [Given("bomb")]
        public void Step()
        {
        }

#pragma warning disable CA1065 // The mistake under test.
        public void Dispose() => throw new TimeoutException();
#pragma warning restore CA1065
    }

    internal sealed record Planet(string Name);

    [Binding]
    internal sealed class World(Log log, Planet planet)
    {
        [Given("world")]
        public void Step() => log.Add(planet.Name);
    }
}
