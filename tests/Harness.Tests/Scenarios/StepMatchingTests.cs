using Leda.Harness.Scenarios.Running;
using Reqnroll;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Which of several methods answers to a step: the observed bullets below the 48 examples, and section 7.</summary>
public sealed class StepMatchingTests
{
    [Theory]
    [InlineData("x abc", "B abc")]
    [InlineData("x 5", "AmbiguousBindingException")]
    [InlineData("y 5", "both 5")]
    [InlineData("m", "m")]
    public async Task Match_SeveralCandidates_ObservedOne(string step, string expected)
    {
        var (result, log) = await Probe.RunStepsAsync($"Given {step}", [typeof(Overlapping)]);

        Assert.Equal(expected, result.Error?.GetType().Name ?? log.Text);
    }

    [Fact]
    public async Task Match_SameTextWithDocStringOrTable_ChosenByWhatIsThere()
    {
        var (_, log) = await Probe.RunStepsAsync("Given m\nGiven m\n\"\"\"\nhi\n\"\"\"\nGiven m\n| a |\n| 1 |", [typeof(Overlapping)]);

        Assert.Equal("m doc:hi table:1", log.Text);
    }

    [Theory]
    [InlineData("Shop", "", "A")]
    [InlineData("Other", "@web", "B")]
    [InlineData("shop", "@web", "C")]
    [InlineData("shop", "@WEB", "A")]
    [InlineData("shop", "@left @right", "AmbiguousBindingException")]
    [InlineData("shop", "@left", "D")]
    [InlineData("shop", "@right @best", "F")]
    public async Task Match_Scopes_MostSpecificWins(string feature, string tags, string expected)
    {
        var (run, log) = await Probe.RunAsync($"Feature: {feature}\n{tags}\nScenario: s\nGiven s", [typeof(Scoped)]);

        Assert.Equal(expected, run.Scenarios[0].Error?.GetType().Name ?? log.Text);
    }

    [Theory]
    [InlineData("narrow", "the title", "class")]
    [InlineData("narrow", "another", "undefined")]
    [InlineData("wide", "another", "method")]
    public async Task Match_ScopesOnClassAndMethod_OneIsEnough(string step, string title, string expected)
    {
        var (run, log) = await Probe.RunAsync($"Feature: f\n@wide\nScenario: {title}\nGiven {step}", [typeof(ScopedClass)]);

        Assert.Equal(expected, run.Scenarios[0].Status == ScenarioStatus.Undefined ? "undefined" : log.Text);
    }

    [Theory]
    [InlineData("v 5", "int 5")]
    [InlineData("v 2024-01-02", "day 2")]
    public async Task Match_OverloadsByType_TheOneThatConverts(string step, string expected)
    {
        var (result, log) = await Probe.RunStepsAsync($"Given {step}", [typeof(Overloads)]);

        Assert.Equal(expected, result.Error?.GetType().Name ?? log.Text);
    }

    [Fact]
    public async Task Match_SeveralCandidatesNoneFitting_Ambiguous()
    {
        var (result, _) = await Probe.RunStepsAsync("Given w abc", [typeof(Overloads)]);

        Assert.Equal(ScenarioStatus.Ambiguous, result.Status);
        Assert.Contains("Overloads.OneInt(Int32)", result.Error!.Message);
        Assert.Contains("Overloads.OneDouble(Double)", result.Error.Message);
    }

    [Fact]
    public async Task Match_InheritedStepOfBindingBaseClass_Ambiguous()
    {
        var (result, _) = await Probe.RunStepsAsync("Given inherited", [typeof(Base), typeof(Derived)]);

        Assert.IsType<AmbiguousBindingException>(result.Error);
    }

    [Fact]
    public async Task Match_KeywordsOfOtherKinds_OnlyTheRightOneAnswers()
    {
        var (result, log) = await Probe.RunStepsAsync(
            "* g\nAnd g\nWhen w\nBut w\nAnd any\nThen any\n* t\nGiven t", [typeof(Kinds)]);

        Assert.Equal("g g w w any any t", log.Text);
        Assert.Equal(ScenarioStatus.Undefined, result.Steps[^1].Status);
    }

    [Fact]
    public async Task Match_GroupsOfARegex_InOrderNamedLastAbsentDropped()
    {
        var (_, log) = await Probe.RunStepsAsync("Given a1b2\nGiven a1", [typeof(Groups)]);

        Assert.Equal("2,b2,1 1", log.Text);
    }

    [Fact]
    public async Task Match_AmbiguousStep_NamesStepAndCandidates()
    {
        var (result, _) = await Probe.RunStepsAsync("Given x 5", [typeof(Overlapping)]);

        Assert.Contains("'Given x 5'", result.Error!.Message);
        Assert.Contains($"Leda.Harness.Harness.Tests:{typeof(Overlapping).FullName}.A(Int32)", result.Error.Message);
        Assert.Contains($"Leda.Harness.Harness.Tests:{typeof(Overlapping).FullName}.B(String)", result.Error.Message);
    }

    [Binding]
    internal sealed class Overlapping(Log log)
    {
        [Given("x {int}")]
        public void A(int value) => log.Add($"A {value}");

        [Given("^x (.*)$")]
        public void B(string value) => log.Add($"B {value}");

        [Given("y {int}")]
        [Given("^y (.*)$")]
        public void Both(int value) => log.Add($"both {value}");

        [Given("m")]
        public void M() => log.Add("m");

        [Given("m")]
        public void M(string doc) => log.Add($"doc:{doc}");

        [Given("m")]
        public void M(DataTable table) => log.Add($"table:{table.Rows[0]["a"]}");
    }

    [Binding]
    internal sealed class Scoped(Log log)
    {
        [Given("s")]
        public void A() => log.Add("A");

        [Given("s"), Scope(Tag = "@web")]
        public void B() => log.Add("B");

        [Given("s"), Scope(Tag = "web", Feature = "SHOP")]
        public void C() => log.Add("C");

        [Given("s"), Scope(Tag = "left")]
        public void D() => log.Add("D");

        [Given("s"), Scope(Tag = "right")]
        public void E() => log.Add("E");

        [Given("s"), Scope(Tag = "best"), Scope(Tag = "best", Scenario = "S")]
        public void F() => log.Add("F");
    }

    [Binding, Scope(Scenario = "THE TITLE")]
    internal sealed class ScopedClass(Log log)
    {
        [Given("narrow")]
        public void Narrow() => log.Add("class");

        [Given("wide"), Scope(Tag = "wide")]
        public void Wide() => log.Add("method");
    }

    [Binding]
    internal sealed class Overloads(Log log)
    {
        [Given("^v (.*)$")]
        public void Int(int value) => log.Add($"int {value}");

        [Given("^v (.*)$")]
        public void Day(DateTime value) => log.Add($"day {value.Day}");

        [Given("^w (.*)$")]
        public void OneInt(int value) => log.Add($"{value}");

        [Given("^w (.*)$")]
        public void OneDouble(double value) => log.Add($"{value}");
    }

    [Binding]
    internal class Base
    {
        [Given("inherited")]
        public void Step()
        {
        }
    }

    internal sealed class Derived : Base;

    [Binding]
    internal sealed class Kinds(Log log)
    {
        [Given("g")]
        public void G() => log.Add("g");

        [When("w")]
        public void W() => log.Add("w");

        [Then("t")]
        public void T() => log.Add("t");

        [StepDefinition("any")]
        public void Any() => log.Add("any");
    }

    [Binding]
    internal sealed class Groups(Log log)
    {
        [Given(@"^a(?<first>\d)(b(\d))?$")]
        public void Three(string first, string second, string third) => log.Add($"{second},{first},{third}");

        [Given(@"^a(?<first>\d)(b(\d))?$")]
        public void One(string only) => log.Add(only);
    }
}
