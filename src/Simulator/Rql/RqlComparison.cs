using System.Collections.Immutable;
using System.Text;

namespace Leda.Harness.Simulator.Rql;

/// <summary><c>eq(property,value)</c> and its like, <c>in(property,value,…)</c> (<c>ditto.md</c> 6.3).</summary>
internal sealed class RqlComparison(RqlOperator @operator, RqlProperty property, ImmutableArray<RqlLiteral> literals) : RqlNode
{
    public override bool Matches(RqlSubject subject, RqlSemantics semantics)
    {
        if (subject.Find(property) is not { } value)
            return @operator == RqlOperator.Ne && semantics == RqlSemantics.InMemory;
        foreach (var literal in literals)
        {
            var state = (Operator: @operator, Literal: literal.At(subject.Now), Semantics: semantics);
            if (value.Any(state, static (v, s) => Holds(s.Operator, v, s.Literal, s.Semantics)))
                return @operator != RqlOperator.Ne;
        }

        return @operator == RqlOperator.Ne;
    }

    public override IEnumerable<RqlProperty> Properties() => [property];

    public override void Write(StringBuilder text)
    {
        text.Append(@operator.ToWire()).Append('(').Append(property);
        foreach (var literal in literals)
            text.Append(',').Append(literal);
        text.Append(')');
    }

    // "ne" is the opposite of "eq" for the value as a whole, however many elements it has.
    private static bool Holds(RqlOperator @operator, RqlValue value, RqlValue literal, RqlSemantics semantics) => @operator switch
    {
        RqlOperator.Eq or RqlOperator.Ne or RqlOperator.In => RqlOrder.AreEqual(value, literal, semantics),
        RqlOperator.Gt => RqlOrder.Compare(value, literal, semantics) > 0,
        RqlOperator.Ge => RqlOrder.Compare(value, literal, semantics) >= 0,
        RqlOperator.Lt => RqlOrder.Compare(value, literal, semantics) < 0,
        RqlOperator.Le => RqlOrder.Compare(value, literal, semantics) <= 0,
        _ => IsLike(value, literal, semantics, @operator == RqlOperator.Ilike),
    };

    private static bool IsLike(RqlValue value, RqlValue pattern, RqlSemantics semantics, bool ignoreCase) =>
        HasText(value, semantics) && HasText(pattern, semantics) && LikePattern.IsMatch(value.Text, pattern.Text, ignoreCase);

    private static bool HasText(RqlValue value, RqlSemantics semantics) =>
        value.Type == RqlType.String
        || (semantics == RqlSemantics.InMemory && value.Type is RqlType.Number or RqlType.Boolean);
}
