using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>Why a text is no document, in the words that clients of the original have seen (<c>kanto-container-management.md</c> 3.4.3).</summary>
internal static class DocumentProblem
{
    /// <summary>The text is no JSON at all.</summary>
    /// <param name="text">The text.</param>
    /// <param name="otherwise">What our own reader says.</param>
    public static string OfText(ReadOnlySpan<byte> text, string otherwise)
    {
        var start = text.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
            return "unexpected end of JSON input";
        return "{[\"-0123456789tfn"u8.Contains(start[0])
            ? otherwise
            : $"invalid character '{(Rune.DecodeFromUtf8(start, out var first, out _) == OperationStatus.Done ? first : Rune.ReplacementChar)}' looking for beginning of value";
    }

    /// <summary>The value is of another kind.</summary>
    public static string OfType(JsonElement given, string expected)
    {
        var kind = given.ValueKind is JsonValueKind.True or JsonValueKind.False ? "bool" : given.ValueKind.ToString().ToLowerInvariant();
        return $"json: cannot unmarshal {kind} into Go value of type {expected}";
    }
}
