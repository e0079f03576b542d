using System.Buffers.Text;
using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>Hashes of values that are the same for equal values, however they are written, and cost no garbage.</summary>
internal static class ValueHash
{
    /// <summary>The hash of a value.</summary>
    /// <param name="reader">Stands on the value's first token, and on its last one afterwards.</param>
    public static ulong Of(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return OfObject(ref reader);
            case JsonTokenType.StartArray:
                var hash = 3UL;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    hash = Mix(hash, Of(ref reader));
                return hash;
            case JsonTokenType.String:
                return OfText(ref reader);
            case JsonTokenType.Number:
                var isNumber = Utf8Parser.TryParse(reader.ValueSpan, out double number, out _) && double.IsFinite(number);
                return Mix(5, isNumber ? BitConverter.DoubleToUInt64Bits(number + 0.0) : 0); // -0 is 0
            default:
                return (ulong)reader.TokenType;
        }
    }

    private static ulong OfObject(ref Utf8JsonReader reader)
    {
        var hash = 7UL;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = OfText(ref reader);
            reader.Read();
            hash += Mix(name, Of(ref reader)); // in any order
        }

        return hash;
    }

    private static ulong OfText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return OfBytes(reader.ValueSpan);
        using var text = new UnescapedText(ref reader);
        return OfBytes(text.Utf8);
    }

    private static ulong OfBytes(ReadOnlySpan<byte> bytes)
    {
        var hash = 11UL;
        foreach (var unit in bytes)
            hash = Mix(hash, unit);
        return hash;
    }

    private static ulong Mix(ulong hash, ulong more) => ((hash ^ more) * 0x9E3779B97F4A7C15) + (hash >> 29);
}
