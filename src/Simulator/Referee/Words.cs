using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Values as people want to read them in a finding.</summary>
internal static class Words
{
    /// <summary>Text that is cut when it is long.</summary>
    public static string Short(string text, int longest = 80) =>
        text.Length <= longest ? text : $"{text[..longest]}… ({text.Length} characters)";

    /// <summary>A value with its kind, such as <c>the string "12"</c>.</summary>
    public static string Of(JToken value) => value switch
    {
        JObject o => $"an object with {Count(o.Count, "member")}{List(o.Properties().Select(p => p.Name))}",
        JArray a => $"an array of {Count(a.Count, "item")}",
        { Type: JTokenType.Null } => "null",
        { Type: JTokenType.String } => $"the string {Short(value.ToString(Formatting.None))}",
        { Type: JTokenType.Boolean } => value.ToString(Formatting.None),
        _ => $"the number {Short(value.ToString(Formatting.None))}",
    };

    /// <summary>A few of many names.</summary>
    public static string Few(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count <= 20 ? string.Join(", ", all) : $"{string.Join(", ", all.Take(20))} …";
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string List(IEnumerable<string> names)
    {
        var text = Short(string.Join(", ", names.Take(8)));
        return text.Length == 0 ? "" : $" ({text})";
    }
}
