using System.Collections.Immutable;

namespace Leda.Harness.Simulator.Rql;

/// <summary>Reads expressions (<c>ditto.md</c> 6.1). Blanks are let pass around values, properties and expressions, not behind a name.</summary>
/// <param name="text">The expression.</param>
/// <param name="signals">Whether <c>topic:</c>, <c>resource:</c>, <c>entity:</c> and <c>time:</c> are properties.</param>
internal sealed class RqlParser(string text, bool signals)
{
    /// <summary>How deep expressions may be nested. Reading and evaluating go as deep; nobody writes more.</summary>
    public const int MaxDepth = 100;

    private readonly RqlText _text = new(text);

    /// <summary>What is wrong, with its position.</summary>
    public string? Problem => _text.Problem;

    /// <summary>Reads one expression and nothing else.</summary>
    public RqlNode? Parse() => ReadExpression(1) is { } node && AtEnd("the end") ? node : null;

    /// <summary>Reads a list of expressions that all have to hold, as if <c>and(…)</c> were around it.</summary>
    public ImmutableArray<RqlNode> ParseList() => ReadExpressions(2) is { IsDefault: false } nodes && AtEnd("',' or the end") ? nodes : default;

    private bool AtEnd(string expected) => _text.AtEnd || _text.Fail(expected);

    private RqlNode? ReadExpression(int depth)
    {
        _text.SkipBlanks();
        var name = _text.TakeWord();
        RqlNode? node = null;
        if (name is RqlLogic.And or RqlLogic.Or or RqlLogic.Not)
        {
            node = ReadLogic(name.ToString(), depth);
        }
        else if (name is RqlPresence.Exists or RqlPresence.Empty)
        {
            if (Open() && _text.TryTakeProperty(signals, out var property) && Close())
                node = new RqlPresence(name.ToString(), property);
        }
        else if (RqlOperators.Parse(name) is { } @operator)
        {
            node = ReadComparison(@operator);
        }
        else
        {
            _text.PutBack(name.Length);
            _text.Fail("one of and, or, not, exists, empty, eq, ne, gt, ge, lt, le, like, ilike, in");
        }

        _text.SkipBlanks();
        return node;
    }

    private RqlLogic? ReadLogic(string name, int depth)
    {
        if (depth >= MaxDepth)
        {
            _text.Reject($"Expressions may be nested {MaxDepth} deep at most.");
            return null;
        }

        if (!Open())
            return null;
        if (name != RqlLogic.Not)
            return ReadExpressions(depth + 1) is { IsDefault: false } operands && Close() ? new RqlLogic(name, operands) : null;
        return ReadExpression(depth + 1) is { } operand && Close() ? new RqlLogic(name, [operand]) : null;
    }

    private ImmutableArray<RqlNode> ReadExpressions(int depth)
    {
        var all = ImmutableArray.CreateBuilder<RqlNode>();
        do
        {
            if (ReadExpression(depth) is not { } node)
                return default;
            all.Add(node);
        }
        while (_text.TryTake(','));
        return all.DrainToImmutable();
    }

    private RqlComparison? ReadComparison(RqlOperator @operator)
    {
        if (!Open() || !_text.TryTakeProperty(signals, out var property) || !Comma())
            return null;
        var literals = ImmutableArray.CreateBuilder<RqlLiteral>(1);
        do
        {
            _text.SkipBlanks();
            if (!_text.TryTakeLiteral(out var literal))
                return null;
            literals.Add(literal);
            _text.SkipBlanks();
        }
        while (@operator == RqlOperator.In && _text.TryTake(','));
        return Close() ? new RqlComparison(@operator, property, literals.ToImmutable()) : null;
    }

    private bool Open()
    {
        if (!_text.TryTake('('))
            return _text.Fail("'('");
        _text.SkipBlanks();
        return true;
    }

    private bool Comma()
    {
        _text.SkipBlanks();
        return _text.TryTake(',') || _text.Fail("','");
    }

    private bool Close()
    {
        _text.SkipBlanks();
        return _text.TryTake(')') || _text.Fail("')'");
    }
}
