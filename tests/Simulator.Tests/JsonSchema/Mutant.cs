using System.Text;
using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>Changes one thing in a JSON text: a value, a member, an item, or a character.</summary>
internal static class Mutant
{
    private static readonly string[] _literals =
    [
        "null", "true", "false", "0", "1", "-1", "1.0", "1e3", "1.5", "65536", "9223372036854775807", "9223372036854775808", "-0", "\"\"", "\"x\"", "\"1\"", "\"true\"", "\"null\"",
        "[]", "{}", "[null]", "[1,1]", "[\"a\"]", "{\"a\":1}", "\"10s\"", "\"RUNNING\"", "\"a:b:1\"", "\"2023-02-02T08:46:33Z\"", "\"200M\"", "\"\\u0041\"",
    ];

    private static readonly string[] _characters = ["\\n", "\\u0000", "ä", "😀", "/", ":", ".", " ", "-", "_", "%2F", "0", "z", "Z", "\\u00a0", "\\\""];

    /// <summary>The changed text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="where">Chooses the place.</param>
    /// <param name="how">Chooses the change.</param>
    /// <param name="what">Chooses what comes in.</param>
    public static string Of(string text, uint where, uint how, uint what)
    {
        var places = Places(text);
        var place = places[(int)(where % places.Count)];
        var literal = _literals[what % _literals.Length];
        var (before, value, after) = (text[..place.Start], text[place.Start..place.End], text[place.End..]);
        return (how % 8) switch
        {
            0 or 1 => before + literal + after,
            2 => before + Slice(text, places[(int)(what % places.Count)]) + after,
            3 when place.Name is { } name => text[..name] + Cased(text[name..place.Start], what) + value + after,
            3 or 4 when place.Name is { } name => Without(text[..name], after),
            4 => Without(before, after),
            5 when value[0] == '{' => $"{before}{{\"{_characters[what % 4 + 4]}n{what % 3}\":{literal}{(value.Trim('{', ' ')[0] == '}' ? "" : ",")}{value[1..]}{after}",
            5 when value[0] == '[' => $"{before}[{literal}{(value.Trim('[', ' ')[0] == ']' ? "" : ",")}{value[1..]}{after}",
            _ when value[0] == '"' => before + Changed(value, how >> 3, what) + after,
            _ => before + Cased(value, what) + after,
        };
    }

    private static string Slice(string text, (int? Name, int Start, int End) place) => text[place.Start..place.End];

    private static string Cased(string text, uint what) => what % 2 == 0 || text.Contains('\\') ? text.Replace("e", "E") : text.ToUpperInvariant();

    private static string Changed(string text, uint where, uint what)
    {
        if (text.Contains('\\'))
            return text.Replace("\\n", "");
        var at = 1 + (int)(where % (text.Length - 1));
        if (char.IsLowSurrogate(text[at]) || (at > 1 && char.IsSurrogate(text[at - 1])))
            at = 1;
        return what % 3 == 0 && at > 1 ? text.Remove(at - 1, 1) : text.Insert(at, _characters[what % _characters.Length]);
    }

    private static string Without(string before, string after)
    {
        var head = before.TrimEnd();
        if (head.EndsWith(','))
            return head[..^1] + after;
        var tail = after.TrimStart();
        return tail.StartsWith(',') ? before + tail[1..] : before + after;
    }

    /// <summary>Every value, with the place of its name if it is a member.</summary>
    private static List<(int? Name, int Start, int End)> Places(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var isAscii = utf8.Length == text.Length;
        int Index(long offset) => isAscii ? (int)offset : Encoding.UTF8.GetCharCount(utf8.AsSpan(0, (int)offset));
        var places = new List<(int? Name, int Start, int End)>();
        var open = new Stack<int>();
        int? name = null;
        var reader = new Utf8JsonReader(utf8);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = Index(reader.TokenStartIndex);
                    continue;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    var opened = open.Pop();
                    places[opened] = places[opened] with { End = Index(reader.BytesConsumed) };
                    continue;
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    open.Push(places.Count);
                    break;
            }

            places.Add((name, Index(reader.TokenStartIndex), Index(reader.BytesConsumed)));
            name = null;
        }

        return places;
    }
}
