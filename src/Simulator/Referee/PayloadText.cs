using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// Reads a payload once, strictly (<c>payloads.md</c> 1.2), and looks for what passes as JSON but not with the programs in Go: keys that
/// differ in case alone, and numbers that no type holds.
/// </summary>
internal static class PayloadText
{
    private const int Few = 64; // names of objects inside each other
    private const int SurelyFinite = 300; // digits: no power of ten that a double cannot hold

    // Repeated keys are looked for here, and JsonText finds the words for them.
    private static readonly JsonDocumentOptions _quick = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>Reads the text.</summary>
    /// <param name="utf8">The payload; it must stay as it is for as long as the document is used.</param>
    /// <param name="findings">Takes what is wrong with the text.</param>
    /// <returns>What it says, to be disposed of; <see langword="null"/> when it cannot be read.</returns>
    public static JsonDocument? Read(ReadOnlyMemory<byte> utf8, List<Finding> findings)
    {
        if (QuickRead(utf8) is { } clean)
            return clean;
        if (!JsonText.TryParse(utf8.Span, out _, out var problem))
        {
            var hint = utf8.IsEmpty ? "Send an object, {} at least." : "Send UTF-8 JSON without comments, trailing commas or repeated keys.";
            findings.Add(new Finding(Rule.JsonText, Severity.Error, "", "one JSON value", problem, hint));
            return null;
        }

        var document = JsonDocument.Parse(utf8, _quick);
        findings.AddRange(Traps(document.RootElement, ""));
        return document;
    }

    /// <summary>Reads text that has nothing suspicious, as nearly all has: no paths, no garbage.</summary>
    private static JsonDocument? QuickRead(ReadOnlyMemory<byte> utf8)
    {
        var isPlain = Ascii.IsValid(utf8.Span) && !utf8.Span.Contains((byte)'\\');
        if (utf8.IsEmpty || (!isPlain && (!Utf8.IsValid(utf8.Span) || utf8.Span.IndexOf("\\u"u8) >= 0)))
            return null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, _quick);
        }
        catch (JsonException)
        {
            return null;
        }

        if (!HasTrap(document.RootElement, isPlain, stackalloc ulong[Few]))
            return document;
        document.Dispose();
        return null;
    }

    /// <param name="value">The value.</param>
    /// <param name="isPlain">Whether nothing in the text is escaped or beyond ASCII.</param>
    /// <param name="room">For marks of names; without enough of it a value counts as suspicious.</param>
    private static bool HasTrap(JsonElement value, bool isPlain, Span<ulong> room) => value.ValueKind switch
    {
        JsonValueKind.Object => HasTrapInside(value, isPlain, room),
        JsonValueKind.Array => HasTrapInItems(value, isPlain, room),
        JsonValueKind.Number => IsTooLarge(value),
        _ => false,
    };

    private static bool HasTrapInItems(JsonElement array, bool isPlain, Span<ulong> room)
    {
        foreach (var item in array.EnumerateArray())
        {
            if (HasTrap(item, isPlain, room))
                return true;
        }

        return false;
    }

    private static bool HasTrapInside(JsonElement value, bool isPlain, Span<ulong> room)
    {
        var count = 0;
        var bits = 0UL; // of the marks seen: nearly all names are known to be new by them
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            var mark = Mark(name);
            var bit = 1UL << (int)((mark * 0x9E3779B97F4A7C15) >> 58);
            if (count == room.Length || ((bits & bit) != 0 && room[..count].Contains(mark)) || !(isPlain || IsPlain(name)))
                return true;
            bits |= bit;
            room[count++] = mark;
            if (HasTrap(member.Value, isPlain, room[count..])) // whose marks are of no use afterwards
                return true;
        }

        return false;
    }

    private static bool IsPlain(ReadOnlySpan<byte> name) => Ascii.IsValid(name) && !name.Contains((byte)'\\');

    /// <summary>The same for names that differ in their case alone; for others hardly ever.</summary>
    private static ulong Mark(ReadOnlySpan<byte> name)
    {
        ulong mark = 0;
        if (name.Length < sizeof(uint))
        {
            foreach (var unit in name)
                mark = (mark << 8) | unit;
        }
        else
            mark = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(name) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(name[^sizeof(uint)..]);
        return (mark | 0x2020_2020_2020_2020) ^ ((ulong)name.Length << 56);
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

    private static bool IsTooLarge(JsonElement number)
    {
        var text = JsonMarshal.GetRawUtf8Value(number);
        return (text.Length > SurelyFinite || text.ContainsAny((byte)'e', (byte)'E')) && double.IsInfinity(number.GetDouble());
    }
}
