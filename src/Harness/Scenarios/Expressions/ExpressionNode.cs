namespace Leda.Harness.Scenarios.Expressions;

/// <summary>A piece of a Cucumber expression and the column, from one, at which it starts.</summary>
internal abstract record ExpressionNode(int Column);

/// <summary>One character that stands for itself.</summary>
internal sealed record TextNode(int Column, char Character) : ExpressionNode(Column);

/// <summary><c>{name}</c>: a value of a parameter type.</summary>
internal sealed record ParameterNode(int Column, string Name) : ExpressionNode(Column);

/// <summary><c>(text)</c>: may be left out.</summary>
internal sealed record OptionalNode(int Column, IReadOnlyList<ExpressionNode> Text) : ExpressionNode(Column);

/// <summary><c>this/that</c>: one of them.</summary>
internal sealed record AlternationNode(int Column, IReadOnlyList<IReadOnlyList<ExpressionNode>> Alternatives) : ExpressionNode(Column);
