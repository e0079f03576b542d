namespace Reqnroll;

/// <summary>
/// A method that makes a step argument of its return type. With a regular expression the groups are its parameters;
/// without one the whole value is its only parameter.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class StepArgumentTransformationAttribute(string? regex = null, int order = HookAttribute.DefaultOrder) : Attribute
{
    public string? Regex { get; set; } = regex;

    /// <summary>The name of the parameter type in Cucumber expressions; by default that of the return type.</summary>
    public string? Name { get; set; }

    /// <summary>Of several that match, the one with the lowest order is taken.</summary>
    public int Order { get; set; } = order;
}
