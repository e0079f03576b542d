using System.Reflection;
using Reqnroll;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>One condition under which a step or hook applies. What is null does not matter.</summary>
internal sealed record BindingScope(string? Tag, string? Feature, string? Scenario)
{
    /// <summary>All scopes of a method: its own and those of its class.</summary>
    public static IReadOnlyList<BindingScope> Of(MethodInfo method) =>
    [
        .. method.GetCustomAttributes<ScopeAttribute>()
            .Concat(method.ReflectedType!.GetCustomAttributes<ScopeAttribute>())
            .Select(scope => new BindingScope(WithoutAt(scope.Tag), scope.Feature, scope.Scenario)),
    ];

    public static BindingScope OfTag(string tag) => new(WithoutAt(tag), null, null);

    /// <summary>The highest number of criteria that one of the scopes meets in full; 0 without scopes, null if none is met.</summary>
    public static int? BestScore(IReadOnlyList<BindingScope> scopes, ScopeTarget target)
        => scopes.Count == 0 ? 0 : scopes.Max(scope => scope.Score(target));

    private int? Score(ScopeTarget target)
    {
        if (Tag is not null && !target.HasTag(Tag)) return null;
        if (Feature is not null && !Feature.Equals(target.Feature, StringComparison.OrdinalIgnoreCase)) return null;
        if (Scenario is not null && !Scenario.Equals(target.Scenario, StringComparison.OrdinalIgnoreCase)) return null;
        return new[] { Tag, Feature, Scenario }.Count(criterion => criterion is not null);
    }

    private static string? WithoutAt(string? tag) => tag?.TrimStart('@');
}
