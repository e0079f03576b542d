using System.Text.RegularExpressions;
using Leda.Harness.Scenarios.Expressions;
using Leda.Harness.Scenarios.Features;
using Leda.Harness.Scenarios.Running;
using Reqnroll;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>What a reader is told: the text report, and methods to start from.</summary>
public sealed partial class ReportTests
{
    [Fact]
    public async Task Of_FailedScenario_StepsPlacesErrorsAndOutput()
    {
        var (result, _) = await Probe.RunStepsAsync(
            "Given fine\n| a |\n| b |\nWhen it breaks\nThen fine", [typeof(Steps)]);

        var report = TextReport.Of(result).Split(Environment.NewLine);

        Assert.Equal("Failed: Shop / s", report[0]);
        Assert.Equal("  at f.feature:3", report[1]);
        Assert.Equal("  Passed    Given fine   # f.feature:4", report[2]);
        Assert.Equal("            | a |", report[3]);
        Assert.Equal("            | said", report[5]);
        Assert.Equal("  Failed    When it breaks   # f.feature:7", report[6]);
        Assert.Equal("            System.TimeoutException: too slow", report[7]);
        Assert.Contains(nameof(Steps.Break), report[8]);
        var undefined = Array.IndexOf(report, "  Undefined Then fine   # f.feature:8");
        Assert.Equal("            No step definition answers to 'Then fine'. For another keyword or in another scope there is:", report[undefined + 1]);
        Assert.StartsWith("              Given: Leda.Harness.Harness.Tests:", report[undefined + 2]);
    }

    [Fact]
    public async Task Of_UndefinedSteps_OneClassWithEachMethodOnce()
    {
        var (result, _) = await Probe.RunStepsAsync("Given nothing\nGiven nothing\nThen \"this\" is 3 times 2.5", [typeof(Steps)]);

        var report = TextReport.Of(result);

        Assert.Equal(2, report.Split("GivenNothing()").Length);
        Assert.Contains("internal sealed class MySteps", report);
        Assert.Contains("[Then(\"{string} is {int} times {double}\")]", report);
        Assert.Contains("public void ThenIsTimes(string text, int count, double number)", report);
        Assert.StartsWith("Test pending:", result.Error!.Message);
        Assert.Contains("GivenNothing", result.Error.Message);
        Assert.Contains("GivenNothing", result.Steps[0].Snippet);
    }

    [Fact]
    public async Task Of_HookFailure_NamesHook()
    {
        var (result, _) = await Probe.RunStepsAsync("Given fine", [typeof(Steps)], "@hook");

        Assert.Contains("  BeforeScenario hook Steps.Hook failed:", TextReport.Of(result));
    }

    [Theory]
    [InlineData("the \"north\" pump runs at -40 rpm")]
    [InlineData("it's Bob's 2nd container")]
    [InlineData("costs 5$")]
    [InlineData("^starts oddly")]
    [InlineData("a (b) {c} d/e \\f")]
    [InlineData("version 1.2.3 of org.eclipse:thing-1")]
    [InlineData("topic e/t1/thing:1/x and 'single' \"\"")]
    [InlineData("12 and 1,250.5 and 12%")]
    [InlineData("any .* of (.*) and \\d+")]
    public void Method_AnyStepText_ExpressionAnswersToIt(string text)
    {
        var snippet = Snippet.Method(FeatureSet.Parse("f", $"Feature: f\nScenario: s\nGiven {text}").Scenarios[0].Steps[0]);

        // [Given("…")] or [Given("…", ExpressionType = …)]
        var literal = snippet[(snippet.IndexOf('"') + 1)..snippet.IndexOf(snippet.Contains("ExpressionType") ? "\", E" : "\")]", StringComparison.Ordinal)];
        var expression = literal.Replace("\\\"", "\"").Replace(@"\\", @"\");
        var type = snippet.Contains("ExpressionType.CucumberExpression") ? ExpressionType.CucumberExpression : ExpressionType.Unspecified;
        var regex = StepExpression.Compile(expression, type, new ParameterTypes());
        Assert.True(StepExpression.IsCucumber(expression, type));
        Assert.Matches(regex, text);
        var parameters = Parameters().Match(snippet).Groups[1].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(parameters.Length, regex.Match(text).Groups.Values.Skip(1).Count(group => group.Success));
    }

    [Fact]
    public void Method_DocStringAndTable_AreParameters()
    {
        var step = FeatureSet.Parse("f", "Feature: f\nScenario: s\nWhen 'a' and 'b'\n| t |").Scenarios[0].Steps[0];

        Assert.Contains("public void WhenAnd(string text, string text2, DataTable table)", Snippet.Method(step));
    }

    [GeneratedRegex(@"void \w+\((.*)\)")]
    private static partial Regex Parameters();

    [Binding]
    internal sealed class Steps(IReqnrollOutputHelper output)
    {
        [BeforeScenario("hook")]
        public static void Hook() => throw new TimeoutException();

        [Given("fine")]
        public void Fine(Table table) => output.WriteLine(table.RowCount == 1 ? "said" : "?");

        [When("it breaks")]
        public static void Break() => throw new TimeoutException("too slow");
    }
}
