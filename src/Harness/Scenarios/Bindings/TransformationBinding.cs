using System.Reflection;
using System.Text.RegularExpressions;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>One transformation attribute on one method.</summary>
internal sealed class TransformationBinding
{
    public required MethodInfo Method { get; init; }

    /// <summary>The type that is made, once awaited.</summary>
    public required Type Makes { get; init; }

    /// <summary>For the whole value; null takes any value that the only parameter can be made from.</summary>
    public required Regex? Regex { get; init; }

    public required int Order { get; init; }
}
