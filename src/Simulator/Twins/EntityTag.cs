using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>Ditto's strong entity tags: <c>"rev:7"</c> for a whole thing, <c>"hash:5f2c1a…"</c> for a part of it (<c>ditto.md</c> 2.8).</summary>
internal static class EntityTag
{
    public static string OfRevision(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"rev:{revision}\"");

    public static string OfValue(JsonElement value)
    {
        var text = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(text, JsonText.Compact))
            value.WriteTo(writer);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.WrittenSpan, hash);
        return $"\"hash:{Convert.ToHexStringLower(hash[..8])}\"";
    }

    /// <summary>The tag of what stands at a path, or <see langword="null"/> if nothing does.</summary>
    public static string? Of(Thing? thing, ResourcePath path)
    {
        if (thing is null)
            return null;
        if (path.Kind == ResourceKind.Thing)
            return OfRevision(thing.Revision);
        return thing.TryGet(path, out var value) ? OfValue(value) : null;
    }
}
