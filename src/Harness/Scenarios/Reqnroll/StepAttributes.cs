namespace Reqnroll;

/// <summary>Which kind of step a definition answers to.</summary>
internal enum StepDefinitionType
{
    Given,
    When,
    Then,
}

/// <summary>How the text of a step attribute is read. <see cref="Unspecified"/> lets its looks decide.</summary>
internal enum ExpressionType
{
    Unspecified,
    RegularExpression,
    CucumberExpression,
}

/// <summary>What all step attributes have: the kinds they answer to and an expression that the whole step text must match.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal abstract class StepDefinitionBaseAttribute(string? expression, params StepDefinitionType[] types) : Attribute
{
    public StepDefinitionType[] Types { get; } = types;

    public string? Expression { get; set; } = expression;

    public ExpressionType ExpressionType { get; set; }
}

/// <summary>A step that establishes a state.</summary>
internal sealed class GivenAttribute(string? expression) : StepDefinitionBaseAttribute(expression, StepDefinitionType.Given)
{
    public GivenAttribute() : this(null)
    {
    }
}

/// <summary>A step that does something.</summary>
internal sealed class WhenAttribute(string? expression) : StepDefinitionBaseAttribute(expression, StepDefinitionType.When)
{
    public WhenAttribute() : this(null)
    {
    }
}

/// <summary>A step that checks something.</summary>
internal sealed class ThenAttribute(string? expression) : StepDefinitionBaseAttribute(expression, StepDefinitionType.Then)
{
    public ThenAttribute() : this(null)
    {
    }
}

/// <summary>A step that may stand behind any keyword.</summary>
internal sealed class StepDefinitionAttribute(string? expression)
    : StepDefinitionBaseAttribute(expression, StepDefinitionType.Given, StepDefinitionType.When, StepDefinitionType.Then)
{
    public StepDefinitionAttribute() : this(null)
    {
    }
}
