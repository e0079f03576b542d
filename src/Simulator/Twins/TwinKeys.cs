using System.Buffers;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>What a key in attributes or properties, or a feature's id, may be made of (<c>ditto.md</c> 1.5).</summary>
internal static class TwinKeys
{
    public const int MaxLength = 256;

    private static readonly SearchValues<char> _forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '/', .. Enumerable.Range(0x7F, 0x81).Select(c => (char)c)]);

    /// <summary>The first bad key of a path or of what stands there, as an error; <see langword="null"/> if all are good.</summary>
    public static DittoError? Check(ResourcePath path, JsonElement? value)
    {
        if (path.FeatureId is { } id && !IsValid(id))
            return TwinErrors.KeyInvalid(id);
        foreach (var segment in path.Pointer.Segments)
        {
            if (!IsValid(segment))
                return TwinErrors.KeyInvalid(segment);
        }

        return value is { } json ? Check(json) : null;
    }

    private static DittoError? Check(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
            {
                if ((IsValid(member.Name) ? Check(member.Value) : TwinErrors.KeyInvalid(member.Name)) is { } error)
                    return error;
            }
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                if (Check(item) is { } error)
                    return error;
            }
        }

        return null;
    }

    private static bool IsValid(string key) => key.Length is > 0 and <= MaxLength && key.AsSpan().IndexOfAny(_forbidden) < 0;
}
