using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>What a command says about metadata: one of <c>put-metadata</c>, <c>get-metadata</c> and <c>delete-metadata</c> (<c>ditto.md</c> 1.4).</summary>
internal sealed class MetadataHeaders
{
    /// <summary>The header of the answer to <c>get-metadata</c>.</summary>
    public const string Answer = "ditto-metadata";

    private const string PutName = "put-metadata";
    private const string GetName = "get-metadata";
    private const string DeleteName = "delete-metadata";

    private static readonly MetadataHeaders _none = new();

    private MetadataHeaders()
    {
    }

    /// <summary>What is to be put where, in the order of the keys.</summary>
    public ImmutableArray<(MetadataKey Key, JsonElement Value)> Put { get; private init; } = [];

    /// <summary>What is asked for; <see langword="null"/> if nothing is.</summary>
    public ImmutableArray<MetadataKey>? Get { get; private init; }

    /// <summary>What is to go.</summary>
    public ImmutableArray<MetadataKey> Delete { get; private init; } = [];

    /// <summary>Reads them.</summary>
    public static bool TryRead(TwinCommand command, [NotNullWhen(true)] out MetadataHeaders? read, [NotNullWhen(false)] out DittoError? error)
    {
        var (put, get, delete) = (command.Headers.Find(PutName), command.Headers.Find(GetName), command.Headers.Find(DeleteName));
        read = _none;
        error = null;
        switch (put, get, delete)
        {
            case (null, null, null):
                return true;
            case ({ } pairs, null, null):
                read = TryReadPairs(pairs, command.Path, out var found, out error) ? new MetadataHeaders { Put = found } : null;
                break;
            case (null, { } keys, null):
                read = TryReadKeys(GetName, keys, command.Path, out var asked, out error) ? new MetadataHeaders { Get = asked } : null;
                break;
            case (null, null, { } keys):
                read = TryReadKeys(DeleteName, keys, command.Path, out var old, out error) ? new MetadataHeaders { Delete = old } : null;
                break;
            default:
                (read, error) = (null, TwinErrors.MetadataHeadersConflict());
                break;
        }

        return error is null;
    }

    private static bool TryReadPairs(
        JsonElement header, ResourcePath on, out ImmutableArray<(MetadataKey Key, JsonElement Value)> pairs, [NotNullWhen(false)] out DittoError? error)
    {
        var found = new SortedDictionary<string, (MetadataKey, JsonElement)>(StringComparer.Ordinal);
        pairs = [];
        error = header.ValueKind == JsonValueKind.Array ? null : TwinErrors.HeaderInvalid(PutName, "expected an array of objects with 'key' and 'value'");
        foreach (var item in error is null ? header.EnumerateArray() : default)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("value", out var value)
                || !item.TryGetProperty("key", out var name) || name.ValueKind != JsonValueKind.String)
            {
                error ??= TwinErrors.HeaderInvalid(PutName, "each of its items is an object with 'key', a string, and 'value'");
            }
            else if (!MetadataKey.TryParse(name.GetString()!, on, out var key, out var problem) || key.IsEverything)
            {
                error ??= TwinErrors.HeaderInvalid(PutName, problem ?? "'*' alone names no place");
            }
            else
            {
                found[name.GetString()!] = (key, value);
            }
        }

        if (error is null)
            pairs = [.. found.Values];
        return error is null;
    }

    private static bool TryReadKeys(
        string header, JsonElement text, ResourcePath on, out ImmutableArray<MetadataKey> keys, [NotNullWhen(false)] out DittoError? error)
    {
        var found = ImmutableArray.CreateBuilder<MetadataKey>();
        error = text.ValueKind == JsonValueKind.String ? null : TwinErrors.HeaderInvalid(header, "expected keys between commas");
        foreach (var name in error is null ? text.GetString()!.Split(',', StringSplitOptions.TrimEntries) : [])
        {
            if (MetadataKey.TryParse(name, on, out var key, out var problem))
                found.Add(key);
            else
                error ??= TwinErrors.HeaderInvalid(header, problem);
        }

        keys = found.DrainToImmutable();
        return error is null;
    }
}
