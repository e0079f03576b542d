using System.Collections.Immutable;
using System.Text;

namespace Leda.Harness.Simulator.Rql;

/// <summary><c>and(…)</c>, <c>or(…)</c>, <c>not(…)</c></summary>
internal sealed class RqlLogic(string name, ImmutableArray<RqlNode> operands) : RqlNode
{
    public const string And = "and";
    public const string Or = "or";
    public const string Not = "not";

    public override bool Matches(RqlSubject subject, RqlSemantics semantics)
    {
        if (name == Not)
            return !operands[0].Matches(subject, semantics);
        var decisive = name == Or;
        foreach (var operand in operands)
        {
            if (operand.Matches(subject, semantics) == decisive)
                return decisive;
        }

        return !decisive;
    }

    public override IEnumerable<RqlProperty> Properties() => operands.SelectMany(o => o.Properties());

    public override void Write(StringBuilder text)
    {
        text.Append(name);
        var before = '(';
        foreach (var operand in operands)
        {
            text.Append(before);
            operand.Write(text);
            before = ',';
        }

        text.Append(')');
    }
}
