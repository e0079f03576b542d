using System.Runtime.InteropServices;
using System.Text.Json;

namespace Leda.Harness.Protocol.Json;

/// <summary>
/// JSON kept as its text, and read anew each time somebody looks: a fraction of the memory of a <see cref="JsonElement"/>, which keeps twelve
/// bytes for each of its tokens and all of the text that it was read from.
/// </summary>
public readonly struct PackedJson
{
    private readonly byte[] _utf8;

    private PackedJson(byte[] utf8) => _utf8 = utf8;

    /// <summary>The value.</summary>
    public JsonElement Value => JsonElement.Parse(_utf8);

    /// <summary>How long its text is, in bytes.</summary>
    public int Length => _utf8.Length;

    /// <summary>Keeps a value.</summary>
    public static PackedJson Of(JsonElement value) => new(JsonMarshal.GetRawUtf8Value(value.Compacted()).ToArray());

    /// <summary>Writes the value.</summary>
    public void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(_utf8, skipInputValidation: true);
}
