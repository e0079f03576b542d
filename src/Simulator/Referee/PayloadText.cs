using System.Runtime.InteropServices;
using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// Reads a payload once, strictly (<c>payloads.md</c> 1.2), and looks for what passes as JSON but not with the programs in Go: keys that
/// differ in case alone, and numbers that no type holds.
/// </summary>
internal static class PayloadText
{
    private const int Few = 16;

    /// <summary>Reads the text.</summary>
    /// <param name="utf8">The payload.</param>
    /// <param name="findings">Takes what is wrong with the text.</param>
    /// <param name="json">The value.</param>
    /// <returns><see langword="false"/> when it cannot be read.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, List<Finding> findings, out JsonElement json)
    {
        if (JsonText.TryParse(utf8, out json, out var problem))
        {
            if (HasTrap(json))
                findings.AddRange(Traps(json, ""));
            return true;
        }

        var hint = utf8.IsEmpty ? "Send an object, {} at least." : "Send UTF-8 JSON without comments, trailing commas or repeated keys.";
        findings.Add(new Finding(Rule.JsonText, Severity.Error, "", "one JSON value", problem.TrimEnd('.'), hint));
        return false;
    }

    /// <summary>The quick look: no paths, no garbage.</summary>
    private static bool HasTrap(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                if (MayHaveTwins(value))
                    return true;
                foreach (var member in value.EnumerateObject())
                {
                    if (HasTrap(member.Value))
                        return true;
                }

                return false;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    if (HasTrap(item))
                        return true;
                }

                return false;
            case JsonValueKind.Number:
                return IsTooLarge(value);
            default:
                return false;
        }
    }

    private static bool MayHaveTwins(JsonElement value)
    {
        Span<uint> seen = stackalloc uint[Few];
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            var hash = 2166136261;
            foreach (var unit in name)
            {
                if (unit is >= 0x80 or (byte)'\\')
                    return true; // not as plain as that
                hash = (hash ^ (unit | 0x20u)) * 16777619;
            }

            if (count == Few || seen[..count].Contains(hash))
                return true;
            seen[count++] = hash;
        }

        return false;
    }

    private static IEnumerable<Finding> Traps(JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.Object => TrapsOfObject(value, at),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, i) => Traps(item, $"{at}/{i}")),
        JsonValueKind.Number when IsTooLarge(value) =>
            [new Finding(Rule.JsonNumber, Severity.Error, at, "a number that fits 64 bits", Words.Short(value.GetRawText()), "Send a smaller number, or a string.")],
        _ => [],
    };

    private static IEnumerable<Finding> TrapsOfObject(JsonElement value, string at)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in value.EnumerateObject())
        {
            var where = $"{at}/{Violation.Escape(member.Name)}";
            if (!names.TryAdd(member.Name, member.Name))
            {
                yield return new Finding(
                    Rule.JsonCase, Severity.Error, where, "keys that differ in more than their case", $"'{names[member.Name]}' and '{member.Name}'",
                    "Keep one of the two: Go programs take them for the same member, and the last one wins.");
            }

            foreach (var trap in Traps(member.Value, where))
                yield return trap;
        }
    }

    private static bool IsTooLarge(JsonElement number) => !number.TryGetInt64(out _) && double.IsInfinity(number.GetDouble());
}
