using System.Text;

namespace Leda.Harness.Protocol;

/// <summary>Text from the bus for a terminal or a log: nobody may forge a line or send an escape sequence.</summary>
public static class PlainText
{
    /// <summary>The text with every control character written as <c>\u001b</c> is.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var plain = new StringBuilder(text.Length + 16);
        foreach (var c in text)
            _ = char.IsControl(c) ? plain.Append($"\\u{(int)c:x4}") : plain.Append(c);
        return plain.ToString();
    }
}
