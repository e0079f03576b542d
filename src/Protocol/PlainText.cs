using System.Text;

namespace Leda.Harness.Protocol;

/// <summary>Text from the bus for a terminal or a log: nobody may forge a line or send an escape sequence.</summary>
public static class PlainText
{
    /// <summary>The text with every control character, and every half of a surrogate pair that stands alone, written as <c>\u001b</c> is.</summary>
    public static string Of(string text)
    {
        if (!text.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
            return text;
        var plain = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                plain.Append(text[i]).Append(text[++i]);
            else if (char.IsControl(text[i]) || char.IsSurrogate(text[i]))
                plain.Append($"\\u{(int)text[i]:x4}");
            else
                plain.Append(text[i]);
        }

        return plain.ToString();
    }

    /// <summary>The one character that starts at a place of a text, in the same way.</summary>
    public static string At(string text, int index) =>
        Of(index + 1 < text.Length && char.IsSurrogatePair(text, index) ? text.Substring(index, 2) : text[index].ToString());
}
