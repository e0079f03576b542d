namespace Reqnroll;

/// <summary>
/// Restricts a step or hook to certain scenarios. What is named in one attribute must all hold; of several attributes, on
/// method and class together, one must hold.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ScopeAttribute : Attribute
{
    /// <summary>One tag, case-sensitive, with or without <c>@</c>.</summary>
    public string? Tag { get; set; }

    /// <summary>The feature's title, in any case.</summary>
    public string? Feature { get; set; }

    /// <summary>The scenario's title, in any case.</summary>
    public string? Scenario { get; set; }
}
