using System.Buffers;
using System.Text.Json;

namespace Leda.Harness.Traffic;

/// <summary>How far a JSON text has come.</summary>
internal enum JsonProgress
{
    /// <summary>It goes on.</summary>
    Open,

    /// <summary>It is whole.</summary>
    Whole,

    /// <summary>It is no JSON, but its brackets are closed: nothing more belongs to it.</summary>
    Closed,

    /// <summary>It is no JSON, and nobody can tell where it ends.</summary>
    Broken,
}

/// <summary>A JSON text that is printed over several lines, and where it ends.</summary>
internal sealed class JsonLines
{
    private static readonly JsonReaderOptions _options = new() { MaxDepth = 1000 };

    private readonly ArrayBufferWriter<byte> _text = new();
    private JsonReaderState _state = new(_options);
    private bool _isBroken;
    private int _read;
    private int _depth;

    /// <summary>The lines so far.</summary>
    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    /// <summary>How much of <see cref="Text"/> there was before the last line.</summary>
    public int Before { get; private set; }

    /// <summary>Whether one line alone is a whole JSON value.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, _options);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Adds a line.</summary>
    public JsonProgress Add(ReadOnlySpan<byte> line)
    {
        Before = _text.WrittenCount;
        _text.Write(line);
        _text.Write("\n"u8);
        _depth = Math.Max(0, _depth + Brackets(line));
        var progress = _isBroken ? JsonProgress.Broken : Read();
        _isBroken = progress == JsonProgress.Broken;
        return _isBroken && _depth == 0 ? JsonProgress.Closed : progress;
    }

    private JsonProgress Read()
    {
        try
        {
            var reader = new Utf8JsonReader(Text[_read..], isFinalBlock: false, _state);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 0 && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    return Text[(_read + (int)reader.BytesConsumed)..].Trim(" \t\r\n"u8).IsEmpty ? JsonProgress.Whole : JsonProgress.Broken;
            }

            _read += (int)reader.BytesConsumed;
            _state = reader.CurrentState;
            return JsonProgress.Open;
        }
        catch (JsonException)
        {
            return JsonProgress.Broken;
        }
    }

    /// <summary>How many more brackets a line opens than it closes, outside of strings. A string ends with its line at the latest.</summary>
    private static int Brackets(ReadOnlySpan<byte> line)
    {
        var depth = 0;
        var isText = false;
        for (var i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case (byte)'\\' when isText: i++; break;
                case (byte)'"': isText = !isText; break;
                case (byte)'{' or (byte)'[' when !isText: depth++; break;
                case (byte)'}' or (byte)']' when !isText: depth--; break;
            }
        }

        return depth;
    }
}
