using System.Text;
using System.Text.RegularExpressions;
using Reqnroll;

namespace Leda.Harness.Scenarios.Expressions;

/// <summary>Turns the text of a step attribute into a regular expression for the whole step text.</summary>
internal static partial class StepExpression
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    /// <summary>Which of the two languages a text is written in, when the attribute does not say: see the surface document, section 8.</summary>
    public static bool IsCucumber(string text, ExpressionType type = ExpressionType.Unspecified)
    {
        if (type != ExpressionType.Unspecified) return type == ExpressionType.CucumberExpression;
        if (text.StartsWith('^') || text.EndsWith('$')) return false;
        if (Placeholder().IsMatch(text)) return true;
        return !RepeatedGroup().IsMatch(text) && !EscapedDotOrDigits().IsMatch(text);
    }

    /// <exception cref="ExpressionException">A Cucumber expression is wrong.</exception>
    /// <exception cref="RegexParseException">A regular expression is wrong.</exception>
    public static Regex Compile(string text, ExpressionType type, ParameterTypes parameterTypes)
        => IsCucumber(text, type) ? CompileCucumber(text, parameterTypes) : CompileRegex(text);

    /// <summary>A regular expression for the whole text: anchors are added where they are missing, and nothing else.</summary>
    public static Regex CompileRegex(string text)
        => new($"{(text.StartsWith('^') ? "" : "^")}{text}{(text.EndsWith('$') ? "" : "$")}", Options);

    private static Regex CompileCucumber(string text, ParameterTypes parameterTypes)
    {
        var regex = new StringBuilder("^");
        foreach (var node in ExpressionParser.Parse(text)) Append(node);
        return new Regex(regex.Append('$').ToString(), Options);

        void Append(ExpressionNode node)
        {
            switch (node)
            {
                case TextNode literal:
                    regex.Append(Regex.Escape(literal.Character.ToString()));
                    break;
                case OptionalNode optional:
                    regex.Append("(?:");
                    AppendAll(optional.Text);
                    regex.Append(")?");
                    break;
                case AlternationNode alternation:
                    regex.Append("(?:");
                    foreach (var (index, alternative) in alternation.Alternatives.Index())
                    {
                        if (index > 0) regex.Append('|');
                        AppendAll(alternative);
                    }

                    regex.Append(')');
                    break;
                case ParameterNode parameter:
                    regex.Append(PatternOf(parameter));
                    break;
            }
        }

        void AppendAll(IReadOnlyList<ExpressionNode> nodes)
        {
            foreach (var node in nodes) Append(node);
        }

        string PatternOf(ParameterNode parameter)
        {
            try
            {
                return parameterTypes.Find(parameter.Name) ?? throw new ExpressionException(
                    text, parameter.Column, $"Undefined parameter type '{parameter.Name}'.", "Use {} or {word}, or give a transformation this name.");
            }
            catch (InvalidOperationException error)
            {
                throw new ExpressionException(text, parameter.Column, error.Message, "Use the full name.");
            }
        }
    }

    [GeneratedRegex(@"\{\w*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\([^)]+[*+]\)|\.\*")]
    private static partial Regex RepeatedGroup();

    [GeneratedRegex(@"\\\.|\\d\+")]
    private static partial Regex EscapedDotOrDigits();
}
