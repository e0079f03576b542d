using System.Globalization;
using System.Text.Json;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Values as people want to read them in a finding.</summary>
internal static class Words
{
    /// <summary>Text that is cut when it is long.</summary>
    public static string Short(string text, int longest = 80) =>
        text.Length <= longest ? text : $"{text[..longest]}… ({text.Length} characters)";

    /// <summary>A value with its kind, such as <c>the string "12"</c>.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"an object with {Count(value.GetPropertyCount(), "member")}{List(value.EnumerateObject().Select(member => member.Name))}",
        JsonValueKind.Array => $"an array of {Count(value.GetArrayLength(), "item")}",
        JsonValueKind.String => $"the string {Short(value.GetRawText())}",
        JsonValueKind.Number => $"the number {Short(value.GetRawText())}",
        _ => value.GetRawText(),
    };

    /// <summary>A few of many names.</summary>
    public static string Few(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= 20 ? string.Join(", ", all) : $"{string.Join(", ", all.Take(20))} …";
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(int count, string noun) => Count(count.ToString(CultureInfo.InvariantCulture), noun);

    /// <inheritdoc cref="Count(int, string)"/>
    public static string Count(string count, string noun) => count == "1" ? $"1 {noun}" : $"{count} {noun}s";

    private static string List(IEnumerable<string> names)
    {
        var text = Short(string.Join(", ", names.Take(8)));
        return text.Length == 0 ? "" : $" ({text})";
    }
}
