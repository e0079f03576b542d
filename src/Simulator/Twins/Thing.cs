using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>
/// A digital twin at one revision, as Eclipse Ditto models it (<c>ditto.md</c> 2.1). Immutable: who holds one holds a snapshot.
/// Absent, <c>null</c> and empty differ from each other.
/// </summary>
public sealed record Thing
{
    private readonly PackedJson? _attributes;

    /// <summary>The thing's id.</summary>
    public required ThingId Id { get; init; }

    /// <summary>The policy that says who may do what with it; <see langword="null"/> if it has none.</summary>
    public ThingId? Policy { get; init; }

    /// <summary>The policy's id; <see langword="null"/> if absent.</summary>
    public JsonElement? PolicyId => Policy is { } policy ? JsonText.String(policy.ToString()) : null;

    /// <summary>The thing's definition; <see langword="null"/> if absent.</summary>
    public JsonElement? Definition { get; init; }

    /// <summary>The attributes, a JSON object or <c>null</c>; <see langword="null"/> if absent.</summary>
    public JsonElement? Attributes
    {
        get => _attributes?.Value;
        init => _attributes = value is { } json ? PackedJson.Of(json) : null;
    }

    /// <summary>The features by id, each a JSON object or <c>null</c>; <see langword="null"/> if absent, or if they are <c>null</c>.</summary>
    public ImmutableSortedDictionary<string, PackedJson>? Features { get; init; }

    /// <summary>Whether <c>features</c> is there and <c>null</c>.</summary>
    public bool FeaturesAreNull { get; init; }

    /// <summary>1 for the first create, one more for every change; goes on after a delete and a new create.</summary>
    public required long Revision { get; init; }

    /// <summary>When it was last created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>What was said about its parts with <c>put-metadata</c>; <see langword="null"/> if nothing.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>How long its content is as JSON, in bytes: definition, attributes, features and metadata.</summary>
    public long Length
    {
        get
        {
            var length = (long)Size(Definition) + (_attributes?.Length ?? 0) + Size(Metadata);
            if (Features is not null)
            {
                foreach (var (id, feature) in Features)
                    length += id.Length + feature.Length;
            }

            return length;
        }
    }

    /// <summary>A feature, or <see langword="null"/>.</summary>
    public JsonElement? Feature(string id) => Features is not null && Features.TryGetValue(id, out var feature) ? feature.Value : null;

    /// <summary>What stands at a path.</summary>
    /// <returns><see langword="false"/> if nothing does.</returns>
    public bool TryGet(ResourcePath path, out JsonElement value)
    {
        var found = path.Kind switch
        {
            ResourceKind.Thing => ToJson(),
            ResourceKind.PolicyId => PolicyId,
            ResourceKind.Definition => Definition,
            ResourceKind.Attributes => Below(Attributes, path.Pointer),
            ResourceKind.Features => FeaturesToJson(),
            _ => Below(Feature(path.FeatureId!), path.Pointer),
        };
        value = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>This thing with another value at a path other than <c>/</c>; missing parents are made.</summary>
    public Thing Set(ResourcePath path, JsonElement value) => path.Kind switch
    {
        ResourceKind.PolicyId => this with { Policy = ThingId.Parse(value.GetString()!) },
        ResourceKind.Definition => this with { Definition = value },
        ResourceKind.Attributes => this with { Attributes = path.Pointer.Set(Attributes.GetValueOrDefault(), value) },
        ResourceKind.Features => WithFeatures(value),
        _ => this with
        {
            FeaturesAreNull = false,
            Features = (Features ?? NoFeatures)
                .SetItem(path.FeatureId!, PackedJson.Of(path.Pointer.Set(Feature(path.FeatureId!).GetValueOrDefault(), value))),
        },
    };

    /// <summary>This thing without what stands at a path other than <c>/</c>.</summary>
    public Thing Remove(ResourcePath path) => path.Kind switch
    {
        ResourceKind.PolicyId => this with { Policy = null },
        ResourceKind.Definition => this with { Definition = null },
        ResourceKind.Attributes when path.Pointer.IsRoot => this with { Attributes = null },
        ResourceKind.Attributes => this with { Attributes = path.Pointer.Remove(Attributes.GetValueOrDefault()) },
        ResourceKind.Features => WithFeatures(null),
        _ when path.Pointer.IsRoot => this with { Features = Features?.Remove(path.FeatureId!) },
        _ => this with
        {
            Features = Features?.SetItem(path.FeatureId!, PackedJson.Of(path.Pointer.Remove(Feature(path.FeatureId!).GetValueOrDefault()))),
        },
    };

    /// <summary>This thing's content taken from a JSON object, as <c>create</c> and <c>modify</c> on <c>/</c> do; members that it does not
    /// know are ignored, a missing <c>policyId</c> keeps the old one.</summary>
    public Thing Replace(JsonElement json) => (this with
    {
        Policy = Member(json, "policyId") is { } policy ? ThingId.Parse(policy.GetString()!) : Policy,
        Definition = Member(json, "definition"),
        Attributes = Member(json, "attributes"),
    }).WithFeatures(Member(json, "features"));

    /// <summary>The thing as Ditto shows it by default: <c>thingId</c>, <c>policyId</c>, <c>definition</c>, <c>attributes</c>, <c>features</c>.</summary>
    public JsonElement ToJson() => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteEndObject();
    });

    /// <summary>The thing with what Ditto shows only when it is asked for by name: <c>_namespace</c>, <c>_revision</c>, <c>_created</c>,
    /// <c>_modified</c>, <c>_metadata</c>, <c>_lifecycle</c>, <c>_policy</c>.</summary>
    /// <param name="policy">The policy, if it is to be shown.</param>
    public JsonElement ToFullJson(JsonElement? policy = null) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        WriteMembers(writer);
        writer.WriteString("_namespace", Id.Namespace);
        writer.WriteNumber("_revision", Revision);
        writer.WriteString("_created", Instant.ToText(Created));
        writer.WriteString("_modified", Instant.ToText(Modified));
        Write(writer, "_metadata", Metadata);
        writer.WriteString("_lifecycle", "ACTIVE");
        Write(writer, "_policy", policy);
        writer.WriteEndObject();
    });

    private void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("thingId", Id.ToString());
        Write(writer, "policyId", PolicyId);
        Write(writer, "definition", Definition);
        if (_attributes is { } attributes)
        {
            writer.WritePropertyName("attributes");
            attributes.WriteTo(writer);
        }

        Write(writer, "features", FeaturesToJson());
    }

    private static ImmutableSortedDictionary<string, PackedJson> NoFeatures { get; } =
        ImmutableSortedDictionary.Create<string, PackedJson>(StringComparer.Ordinal);

    private Thing WithFeatures(JsonElement? json) => this with
    {
        FeaturesAreNull = json is { ValueKind: JsonValueKind.Null },
        Features = json is { ValueKind: JsonValueKind.Object } features
            ? NoFeatures.SetItems(features.EnumerateObject().Select(m => KeyValuePair.Create(m.Name, PackedJson.Of(m.Value))))
            : null,
    };

    private static int Size(JsonElement? json) => json is { } value ? JsonMarshal.GetRawUtf8Value(value).Length : 0;

    private static JsonElement? Member(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Below(JsonElement? root, JsonPointer pointer) =>
        root is { } json && pointer.TryGet(json, out var value) ? value : null;

    private static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is not { } json)
            return;
        writer.WritePropertyName(name);
        json.WriteTo(writer);
    }

    private JsonElement? FeaturesToJson() => Features is null
        ? FeaturesAreNull ? JsonText.Null : null
        : JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            foreach (var (id, feature) in Features)
            {
                writer.WritePropertyName(id);
                feature.WriteTo(writer);
            }

            writer.WriteEndObject();
        });
}
