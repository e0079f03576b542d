using System.Reflection;
using System.Text.RegularExpressions;
using Reqnroll;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>One step attribute on one method.</summary>
internal sealed class StepBinding
{
    public required MethodInfo Method { get; init; }

    public required IReadOnlyList<StepDefinitionType> Kinds { get; init; }

    /// <summary>The expression as written.</summary>
    public required string Expression { get; init; }

    /// <summary>The expression, compiled for the whole step text.</summary>
    public required Regex Regex { get; init; }

    public required IReadOnlyList<BindingScope> Scopes { get; init; }
}
