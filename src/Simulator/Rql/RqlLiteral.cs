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
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '\\')
                escaped.Append('\\').Append(c);
            else if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1]))
                escaped.Append(c).Append(text[++i]);
            else if (c < ' ' || char.IsSurrogate(c))
                escaped.Append($"\\u{(int)c:x4}");
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }
}
