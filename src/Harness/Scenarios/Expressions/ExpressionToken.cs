namespace Leda.Harness.Scenarios.Expressions;

internal enum TokenKind
{
    Text,
    Space,
    BeginParameter,
    EndParameter,
    BeginOptional,
    EndOptional,
    Slash,
    End,
}

/// <summary>One character of a Cucumber expression with what it means there, escapes resolved.</summary>
internal readonly record struct ExpressionToken(TokenKind Kind, char Character, int Column)
{
    /// <summary>The tokens of an expression, with an <see cref="TokenKind.End"/> behind them.</summary>
    /// <exception cref="ExpressionException">A backslash stands before something that needs none.</exception>
    public static IReadOnlyList<ExpressionToken> Read(string expression)
    {
        List<ExpressionToken> tokens = [];
        for (var i = 0; i < expression.Length; i++)
        {
            var escaped = expression[i] == '\\';
            if (escaped) i = Escaped(expression, i);
            tokens.Add(new(escaped ? TokenKind.Text : KindOf(expression[i]), expression[i], i + 1));
        }

        tokens.Add(new(TokenKind.End, '\0', expression.Length + 1));
        return tokens;
    }

    private static int Escaped(string expression, int backslash)
    {
        var next = backslash + 1;
        if (next == expression.Length)
            throw new ExpressionException(expression, next, "The end of the expression cannot be escaped.", @"For a backslash write '\\'.");
        if (expression[next] != '\\' && KindOf(expression[next]) == TokenKind.Text)
            throw new ExpressionException(
                expression, next + 1, $"'{expression[next]}' cannot be escaped.", @"Only { } ( ) / \ and white space can. For a regular expression start with '^'.");
        return next;
    }

    private static TokenKind KindOf(char character) => character switch
    {
        '{' => TokenKind.BeginParameter,
        '}' => TokenKind.EndParameter,
        '(' => TokenKind.BeginOptional,
        ')' => TokenKind.EndOptional,
        '/' => TokenKind.Slash,
        _ => char.IsWhiteSpace(character) ? TokenKind.Space : TokenKind.Text,
    };
}
