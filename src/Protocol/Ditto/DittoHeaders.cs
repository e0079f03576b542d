using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>
/// The headers of an envelope, in their order and with their JSON types. Names are compared ignoring case, as Ditto does
/// (<c>ditto.md</c> 1.4).
/// </summary>
public sealed class DittoHeaders
{
    /// <summary>The content type of JSON values.</summary>
    public const string JsonContentType = "application/json";

    /// <summary>The content type of patches.</summary>
    public const string MergePatchContentType = "application/merge-patch+json";

    private readonly ImmutableArray<KeyValuePair<string, JsonElement>> _all;

    private DittoHeaders(ImmutableArray<KeyValuePair<string, JsonElement>> all) => _all = all;

    /// <summary>No headers.</summary>
    public static DittoHeaders Empty { get; } = new([]);

    /// <summary>All headers.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> All => _all;

    /// <summary>What ties a response to its request; <see langword="null"/> if absent or no string.</summary>
    public string? CorrelationId => Text("correlation-id");

    /// <summary>Whether an answer is wanted; <see langword="null"/> if absent or no boolean. Ditto's default is true, Kanto's false.</summary>
    public bool? ResponseRequired => Find("response-required") switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    /// <summary>The media type of the value; <see langword="null"/> if absent or no string.</summary>
    public string? ContentType => Text("content-type");

    /// <summary>How long the sender waits for an answer, as it was written (<c>"10"</c>, <c>"500ms"</c>); <see langword="null"/> if absent or no string.</summary>
    public string? Timeout => Text("timeout");

    /// <summary>Headers from their parts, in alphabetical order as Kanto's Go programs write them; parts that are <see langword="null"/> are left out.</summary>
    public static DittoHeaders Of(string? correlationId = null, bool? responseRequired = null, string? contentType = null, string? timeout = null)
    {
        var all = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonElement>>(4);
        if (contentType is not null)
            all.Add(new("content-type", JsonText.String(contentType)));
        if (correlationId is not null)
            all.Add(new("correlation-id", JsonText.String(correlationId)));
        if (responseRequired is { } required)
            all.Add(new("response-required", JsonText.Build(writer => writer.WriteBooleanValue(required))));
        if (timeout is not null)
            all.Add(new("timeout", JsonText.String(timeout)));
        return new DittoHeaders(all.DrainToImmutable());
    }

    /// <summary>The headers of a JSON object, kept as they are.</summary>
    /// <exception cref="ArgumentException"><paramref name="json"/> is no object.</exception>
    public static DittoHeaders From(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new ArgumentException("headers are a JSON object", nameof(json));
        var all = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonElement>>(json.GetPropertyCount());
        foreach (var header in json.EnumerateObject())
            all.Add(new(header.Name, header.Value));
        return new(all.DrainToImmutable());
    }

    /// <summary>These headers with one more, or with another value for one; <see langword="null"/> takes it away.</summary>
    public DittoHeaders With(string name, JsonElement? value)
    {
        var others = _all.RemoveAll(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase));
        return new(value is { } json ? others.Add(new(name, json)) : others);
    }

    /// <summary>A header that is a string, or <see langword="null"/> if it is absent or anything else.</summary>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Headers from their parts, in this order.</summary>
    public static DittoHeaders From(IEnumerable<KeyValuePair<string, JsonElement>> headers) => new([.. headers]);

    /// <summary>The header of that name with its JSON type, or <see langword="null"/>. Of several the last one counts, as in Go.</summary>
    public JsonElement? Find(string name)
    {
        for (var i = _all.Length - 1; i >= 0; i--)
        {
            if (string.Equals(_all[i].Key, name, StringComparison.OrdinalIgnoreCase))
                return _all[i].Value;
        }

        return null;
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in _all)
        {
            writer.WritePropertyName(key);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
