using System.Text;

namespace Leda.Harness.Simulator.Rql;

/// <summary>The right-hand side of a comparison: a constant, or an instant that moves.</summary>
/// <param name="Constant">The constant, where <paramref name="Time"/> is <see langword="null"/>.</param>
/// <param name="Time">The moving instant, or <see langword="null"/>.</param>
internal readonly record struct RqlLiteral(RqlValue Constant, RqlTime? Time = null)
{
    public RqlValue At(DateTimeOffset now) => Time?.At(now) ?? Constant;

    public override string ToString() => (Time, Constant.Type) switch
    {
        (not null, _) => Time.Text,
        (_, RqlType.Null) => "null",
        (_, RqlType.String) => $"\"{Escape(Constant.Text)}\"",
        _ => Constant.Text,
    };

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => escaped.Append('\\').Append(c),
                < ' ' or (>= '\ud800' and <= '\udfff') => escaped.Append($"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
