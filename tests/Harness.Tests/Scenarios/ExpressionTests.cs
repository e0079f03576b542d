using System.Text.RegularExpressions;
using Leda.Harness.Scenarios.Bindings;
using Leda.Harness.Scenarios.Expressions;
using Reqnroll;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Sections 8 and 9: which language an expression is in, and Cucumber's grammar beyond the 48 examples.</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("^starts", false)]
    [InlineData("ends$", false)]
    [InlineData("{int}$", false)]
    [InlineData("a {int} (.*)", true)]
    [InlineData("a {} (.*)", true)]
    [InlineData(@"code \d{4}", true)]
    [InlineData("group (.*)", false)]
    [InlineData(@"group (\d+)", false)]
    [InlineData("any .* thing", false)]
    [InlineData(@"version 1\.2", false)]
    [InlineData(@"number \d+", false)]
    [InlineData("pick (red|blue)", true)]
    [InlineData("plain text", true)]
    public void IsCucumber_ByLooks_AsReqnrollDecides(string text, bool expected) => Assert.Equal(expected, StepExpression.IsCucumber(text));

    [Theory]
    [InlineData("^a$", true, "^a$", true)]
    [InlineData("a (b)", false, "a b", true)]
    [InlineData("a (b)", false, "a b c", false)]
    [InlineData("a (b)", false, "not a b", false)]
    [InlineData("^a|b$", false, "a c", true)]
    [InlineData("a (b)", true, "a (b)", false)]
    public void Compile_TypeGiven_NotGuessed(string text, bool asCucumber, string step, bool matches)
        => Assert.Equal(matches, StepExpression.Compile(text, asCucumber ? ExpressionType.CucumberExpression : ExpressionType.RegularExpression, new ParameterTypes()).IsMatch(step));

    [Theory]
    [InlineData("a/b c", "b c", true)]
    [InlineData("a/b c", "a/b c", false)]
    [InlineData("one a/b(s)/c two", "one bs two", true)]
    [InlineData("{int}a/b", "1b", true)]
    [InlineData("x}a/b", "b", true)]
    [InlineData("lone ) and }", "lone ) and }", true)]
    [InlineData(@"a\ b/c", "a b", true)]
    [InlineData(@"a\ b/c", "a c", false)]
    [InlineData(@"back\\slash", @"back\slash", true)]
    [InlineData(@"\{int}", "{int}", true)]
    [InlineData("cucumber(s)", "cucumber", true)]
    [InlineData("a(n) (b )c", "an c", true)]
    [InlineData("dots...", "dotsxyz", false)]
    [InlineData("{float}", "5.", false)]
    [InlineData("{float}", "-1.5E-3", true)]
    [InlineData("{float}", "1 250,75", true)]
    [InlineData("{word}", "two words", false)]
    [InlineData("{string}", "'it\\'s'", true)]
    [InlineData("{string}", "\"open", false)]
    public void Compile_Grammar_MatchesWholeText(string expression, string step, bool matches)
        => Assert.Equal(matches, StepExpression.Compile(expression, ExpressionType.CucumberExpression, new ParameterTypes()).IsMatch(step));

    [Theory]
    [InlineData(@"end \", 5)]
    [InlineData("open (x", 6)]
    [InlineData("{a/b}", 3)]
    [InlineData("a/ b", 3)]
    [InlineData("{short}", 1)]
    [InlineData("{biginteger}", 1)]
    [InlineData("{Int}", 1)]
    public void Compile_Problem_ColumnAndPointer(string expression, int column)
    {
        var error = Assert.Throws<ExpressionException>(() => StepExpression.Compile(expression, ExpressionType.CucumberExpression, new ParameterTypes()));

        Assert.Equal(column, error.Column);
        var lines = error.Message.Split('\n');
        Assert.Equal(expression, lines[2].Trim());
        Assert.Equal(column, lines[3].IndexOf('^') - lines[2].IndexOf(expression[0]) + 1);
    }

    [Fact]
    public void Find_TransformationsForOneType_AddTheirPatterns()
    {
        var types = new ParameterTypes();
        types.AddTransformation(null, typeof(int), "(five|six)");
        types.AddTransformation("loose", typeof(string), @"f\(x\)");
        types.AddTransformation("anchored", typeof(string), "^a(b)?$");

        Assert.Matches("^" + types.Find("int") + "$", "five");
        Assert.Matches("^" + types.Find("Int32") + "$", "12");
        Assert.Matches("^" + types.Find("loose") + "$", "anything");
        Assert.Equal(2, Regex.Match("is ab.", "^is " + types.Find("anchored") + "\\.$").Groups.Values.Count(group => group.Success));
    }

    [Fact]
    public void Find_TwoEnumsWithOneShortName_OnlyTheFullNameWorks()
    {
        var types = new ParameterTypes();
        types.AddEnum(typeof(First.Color));
        types.AddEnum(typeof(Second.Color));

        Assert.Throws<InvalidOperationException>(() => types.Find("Color"));
        Assert.Equal("(.*)", types.Find(typeof(First.Color).FullName!));
    }

    [Fact]
    public void Build_EnumOfRegexStepOnly_NoParameterType()
    {
        var error = Assert.Throws<BindingException>(() => BindingRegistry.FromTypes(typeof(RegexEnum)));

        Assert.Contains("Undefined parameter type 'DayOfWeek'", error.Message);
    }

    internal static class First
    {
        internal enum Color
        {
            Red,
        }
    }

    internal static class Second
    {
        internal enum Color
        {
            Blue,
        }
    }

    [Binding]
    internal sealed class RegexEnum
    {
        [Given("^day (.*)$")]
        public static void Day(DayOfWeek day) => throw new NotSupportedException($"{day}");

        [Given("mode {DayOfWeek}")]
        public static void Mode(string day) => throw new NotSupportedException(day);
    }
}
