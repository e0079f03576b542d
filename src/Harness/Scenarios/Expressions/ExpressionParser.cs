namespace Leda.Harness.Scenarios.Expressions;

/// <summary>Reads Cucumber expressions, after the grammar of cucumber-expressions 17.1.</summary>
internal sealed class ExpressionParser
{
    private readonly string _expression;
    private readonly IReadOnlyList<ExpressionToken> _tokens;
    private int _next;

    private ExpressionParser(string expression)
    {
        _expression = expression;
        _tokens = ExpressionToken.Read(expression);
    }

    private ExpressionToken Token => _tokens[_next];

    /// <exception cref="ExpressionException">The expression breaks the grammar.</exception>
    public static IReadOnlyList<ExpressionNode> Parse(string expression)
    {
        var parser = new ExpressionParser(expression);
        List<ExpressionNode> nodes = [];
        while (parser.Token.Kind != TokenKind.End) nodes.Add(parser.ReadAlternation() ?? parser.ReadNode());
        return nodes;
    }

    /// <summary>
    /// An alternation reaches from white space, '}' or the start up to white space, '{' or the end. Whether there is one shows
    /// only at the first slash, so that without any the reading starts over.
    /// </summary>
    private AlternationNode? ReadAlternation()
    {
        var start = _next;
        if (start > 0 && _tokens[start - 1].Kind is not (TokenKind.Space or TokenKind.EndParameter)) return null;

        List<(int Column, List<ExpressionNode> Nodes)> alternatives = [(Token.Column, [])];
        while (Token.Kind is not (TokenKind.Space or TokenKind.BeginParameter or TokenKind.End))
        {
            if (Token.Kind == TokenKind.Slash)
            {
                _next++;
                alternatives.Add((Token.Column, []));
            }
            else
            {
                alternatives[^1].Nodes.Add(ReadNode());
            }
        }

        if (alternatives.Count == 1)
        {
            _next = start;
            return null;
        }

        foreach (var (column, nodes) in alternatives)
        {
            if (nodes.Count == 0) throw Problem(column, "An alternative may not be empty.", @"For a slash write '\/'.");
            if (nodes.All(node => node is OptionalNode))
                throw Problem(column, "An alternative may not consist only of optionals.", @"For a slash write '\/', for a parenthesis '\('.");
        }

        return new AlternationNode(_tokens[start].Column, [.. alternatives.Select(alternative => alternative.Nodes)]);
    }

    private ExpressionNode ReadNode() => Token.Kind switch
    {
        TokenKind.BeginOptional => ReadOptional(),
        TokenKind.BeginParameter => ReadParameter(),
        // A lone ')' or '}' is text, and so is a slash where no alternation can be.
        _ => ReadText(),
    };

    private TextNode ReadText()
    {
        var token = _tokens[_next++];
        return new TextNode(token.Column, token.Character);
    }

    private OptionalNode ReadOptional()
    {
        var begin = _tokens[_next++];
        List<ExpressionNode> text = [];
        while (Token.Kind != TokenKind.EndOptional)
        {
            const string Hint = @"For a parenthesis write '\('.";
            text.Add(Token.Kind switch
            {
                TokenKind.End => throw Problem(begin.Column, "'(' without ')'.", Hint),
                TokenKind.BeginParameter => throw Problem(Token.Column, "An optional may not contain a parameter.", Hint),
                TokenKind.BeginOptional => throw Problem(Token.Column, "An optional may not contain an optional.", Hint),
                TokenKind.Slash => throw Problem(Token.Column, "An optional may not contain an alternation.", @"For a slash write '\/'."),
                _ => ReadText(),
            });
        }

        _next++;
        return text.Count > 0 ? new OptionalNode(begin.Column, text) : throw Problem(begin.Column, "An optional must contain some text.", @"For parentheses write '\(' and ')'.");
    }

    private ParameterNode ReadParameter()
    {
        var begin = _tokens[_next++];
        var name = string.Empty;
        for (; Token.Kind != TokenKind.EndParameter; _next++)
        {
            if (Token.Kind == TokenKind.End) throw Problem(begin.Column, "'{' without '}'.", @"For a brace write '\{'.");
            if (Token.Kind is not (TokenKind.Text or TokenKind.Space))
                throw Problem(Token.Column, $"The name of a parameter type may not contain '{Token.Character}'.", @"For a brace write '\{'.");
            name += Token.Character;
        }

        _next++;
        return new ParameterNode(begin.Column, name);
    }

    private ExpressionException Problem(int column, string problem, string hint) => new(_expression, column, problem, hint);
}
