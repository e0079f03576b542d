using System.Text.Json;

namespace Leda.Harness.Traffic;

/// <summary>Topic and path of an envelope, read from its text without a look at the rest, and from broken text as far as it goes.</summary>
internal static class EnvelopeAddress
{
    /// <summary>The two; empty for what is not there.</summary>
    public static (string Topic, string Path) Of(ReadOnlySpan<byte> utf8)
    {
        var (topic, path) = ("", "");
        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read() && reader.CurrentDepth <= 1)
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                    continue;
                var (isTopic, isPath) = (reader.ValueTextEquals("topic"u8), reader.ValueTextEquals("path"u8));
                reader.Read();
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    reader.Skip();
                else if (isTopic && reader.TokenType == JsonTokenType.String)
                    topic = reader.GetString()!;
                else if (isPath && reader.TokenType == JsonTokenType.String)
                    path = reader.GetString()!;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The referee says what is wrong with the text.
        }

        return (topic, path);
    }
}
