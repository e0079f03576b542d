using System.Text;
using System.Text.RegularExpressions;
using Leda.Harness.Scenarios.Expressions;
using Leda.Harness.Scenarios.Features;

namespace Leda.Harness.Scenarios.Running;

/// <summary>Guesses a step definition from a step that has none.</summary>
internal static partial class Snippet
{
    /// <summary>One method.</summary>
    public static string Method(Step step)
    {
        var expression = new StringBuilder();
        var name = new StringBuilder(step.Kind.ToString());
        List<string> parameters = [];
        var end = 0;
        foreach (Match value in Values().Matches(step.Text))
        {
            AddText(step.Text[end..value.Index]);
            var (placeholder, type, called) = Guess(value.Value);
            expression.Append(placeholder);
            AddParameter(type, called);
            end = value.Index + value.Length;
        }

        AddText(step.Text[end..]);
        if (step.DocString is not null) AddParameter("string", "docString");
        if (step.TableRows is not null) AddParameter("DataTable", "table");

        return $$"""
            [{{step.Kind}}({{Literal(expression.ToString())}}{{Explicit(expression.ToString())}})]
            public void {{name}}({{string.Join(", ", parameters)}})
            {
                throw new PendingStepException();
            }
            """;

        void AddText(string text)
        {
            expression.Append(Special().Replace(text, @"\$0"));
            foreach (Match word in Words().Matches(text)) name.Append(char.ToUpperInvariant(word.Value[0])).Append(word.ValueSpan[1..]);
        }

        void AddParameter(string type, string called)
        {
            var number = parameters.Count(parameter => parameter.StartsWith($"{type} {called}", StringComparison.Ordinal)) + 1;
            parameters.Add($"{type} {called}{(number == 1 ? "" : number)}");
        }
    }

    /// <summary>A class to start from, with a method for each different step.</summary>
    public static string Class(IEnumerable<Step> steps)
    {
        var methods = steps.Select(Method).Distinct().Select(method => "    " + method.ReplaceLineEndings(Environment.NewLine + "    "));
        return $$"""
            using Reqnroll;

            [Binding]
            internal sealed class MySteps
            {
            {{string.Join(Environment.NewLine + Environment.NewLine, methods)}}
            }
            """;
    }

    private static (string Placeholder, string Type, string Name) Guess(string value)
    {
        if (value[0] is '"' or '\'') return ("{string}", "string", "text");
        return value.Contains('.') ? ("{double}", "double", "number") : ("{int}", "int", "count");
    }

    private static string Literal(string text) => $"\"{text.Replace(@"\", @"\\").Replace("\"", "\\\"")}\"";

    /// <summary>Some texts look like a regular expression and are none.</summary>
    private static string Explicit(string expression)
        => StepExpression.IsCucumber(expression) ? string.Empty : ", ExpressionType = ExpressionType.CucumberExpression";

    [GeneratedRegex("""(?<!\w)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(?!\w)|(?<![\w.,:/-])-?\d+(?:\.\d+)?(?![\w:/-]|[.,]\d)""")]
    private static partial Regex Values();

    [GeneratedRegex(@"[{}()/\\]")]
    private static partial Regex Special();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}
