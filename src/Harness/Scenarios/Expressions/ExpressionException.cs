namespace Leda.Harness.Scenarios.Expressions;

/// <summary>A Cucumber expression that cannot be read: where, why, and what to try.</summary>
/// <param name="expression">The expression as written.</param>
/// <param name="column">Where the problem is, from one.</param>
/// <param name="problem">What is wrong there.</param>
/// <param name="hint">What to try.</param>
internal sealed class ExpressionException(string expression, int column, string problem, string hint)
    : Exception($"Column {column} of a Cucumber expression: {problem}\n\n    {expression}\n    {new string(' ', column - 1)}^\n{hint}")
{
    public int Column { get; } = column;

    public string Problem { get; } = problem;
}
