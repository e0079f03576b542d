using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// Reads a payload once, strictly, into the two trees that the judges need. NJsonSchema's own reader is lax and throws on large integers
/// (<c>payloads.md</c> 1.2 and 1.3), so it is never given text.
/// </summary>
internal sealed class PayloadText
{
    private readonly List<Finding> _findings;

    private PayloadText(List<Finding> findings) => _findings = findings;

    /// <summary>Reads the text.</summary>
    /// <param name="utf8">The payload.</param>
    /// <param name="findings">Takes what is wrong with the text.</param>
    /// <param name="json">The value.</param>
    /// <param name="token">The same value for NJsonSchema.</param>
    /// <returns><see langword="false"/> when it cannot be read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, List<Finding> findings, out JsonElement json, out JToken token)
    {
        json = default;
        token = JValue.CreateNull();
        string? problem;
        try
        {
            if (JsonText.TryParse(utf8, out json, out problem))
            {
                token = new PayloadText(findings).Convert(json, "");
                return true;
            }
        }
        catch (InvalidOperationException e)
        {
            problem = e.Message; // System.Text.Json looks at the inside of strings only when they are fetched
        }

        var hint = utf8.IsEmpty ? "Send an object, {} at least." : "Send UTF-8 JSON without comments, trailing commas or repeated keys.";
        findings.Add(new Finding(Rule.JsonText, Severity.Error, "", "one JSON value", problem.TrimEnd('.'), hint));
        return false;
    }

    private JToken Convert(JsonElement json, string at) => json.ValueKind switch
    {
        JsonValueKind.Object => ConvertObject(json, at),
        JsonValueKind.Array => new JArray(json.EnumerateArray().Select((item, i) => Convert(item, $"{at}/{i}"))),
        JsonValueKind.String => new JValue(json.GetString()),
        JsonValueKind.Number => ConvertNumber(json, at),
        JsonValueKind.True => new JValue(true),
        JsonValueKind.False => new JValue(false),
        _ => JValue.CreateNull(),
    };

    private JObject ConvertObject(JsonElement json, string at)
    {
        var result = new JObject();
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in json.EnumerateObject())
        {
            var where = $"{at}/{Place.Escape(member.Name)}";
            if (!names.TryAdd(member.Name, member.Name))
            {
                _findings.Add(new Finding(
                    Rule.JsonCase, Severity.Error, where, "keys that differ in more than their case", $"'{names[member.Name]}' and '{member.Name}'",
                    "Keep one of the two: Go programs take them for the same member, and the last one wins."));
            }

            result.Add(member.Name, Convert(member.Value, where));
        }

        return result;
    }

    private JValue ConvertNumber(JsonElement json, string at)
    {
        if (json.TryGetInt64(out var whole))
            return new JValue(whole);
        var number = json.GetDouble();
        if (double.IsInfinity(number))
        {
            _findings.Add(new Finding(
                Rule.JsonNumber, Severity.Error, at, "a number that fits 64 bits", Words.Short(json.GetRawText()), "Send a smaller number, or a string."));
        }

        return new JValue(number);
    }
}
