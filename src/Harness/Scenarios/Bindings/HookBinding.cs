using System.Reflection;
using Reqnroll;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>One hook attribute on one method.</summary>
internal sealed class HookBinding
{
    public required MethodInfo Method { get; init; }

    public required HookType Kind { get; init; }

    public required int Order { get; init; }

    /// <summary>The attribute's tags and the scopes of method and class: one must be met, if there are any.</summary>
    public required IReadOnlyList<BindingScope> Scopes { get; init; }

    public bool AppliesTo(ScopeTarget target) => BindingScope.BestScore(Scopes, target) is not null;
}
