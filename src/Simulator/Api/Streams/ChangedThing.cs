using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>A twin's event as a thing that has nothing but its id, what has changed, and the extra fields (<c>ditto.md</c> 4.5).</summary>
internal static class ChangedThing
{
    /// <summary>The thing.</summary>
    /// <param name="signal">The event.</param>
    /// <param name="sight">What the reader may see of it.</param>
    public static JsonElement Of(Signal signal, SignalSight sight)
    {
        var parts = Parts(signal, sight);
        return JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("thingId", signal.Topic.ThingId.ToString());
            WriteParts(writer, parts);
            writer.WriteEndObject();
        });
    }

    /// <summary>The same with what is there only for who selects it: <c>_context</c>, <c>_namespace</c>, <c>_revision</c>, <c>_modified</c>.</summary>
    /// <inheritdoc cref="Of"/>
    public static JsonElement WithContext(Signal signal, SignalSight sight)
    {
        var (envelope, changed) = (signal.Envelope, Of(signal, sight));
        return JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in changed.EnumerateObject().Where(m => m.Name is not ("_namespace" or "_revision" or "_modified")))
                member.WriteTo(writer);
            writer.WriteString("_namespace", signal.Topic.ThingId.Namespace);
            if (envelope.Revision is { } revision)
                writer.WriteNumber("_revision", revision);
            if (envelope.Timestamp is { } at)
                writer.WriteString("_modified", at);
            writer.WritePropertyName("_context");
            JsonText.Parse(Context(envelope, sight).ToUtf8()).WriteTo(writer);
            writer.WriteEndObject();
        });
    }

    private static Envelope Context(Envelope envelope, SignalSight sight) =>
        new() { Topic = envelope.Topic, Headers = envelope.Headers, Path = envelope.Path, Value = sight.Value };

    private static JsonElement Parts(Signal signal, SignalSight sight)
    {
        var extra = sight.Extra ?? default;
        if (sight.Value is not { } value || !JsonPointer.TryParse(signal.Envelope.Path, out var place, out _))
            return extra;
        if (signal.Topic.Action == "merged")
            return Merge(extra, place, value);
        return place.IsRoot ? Unite(extra, value) : place.Set(extra, value);
    }

    /// <summary>A patch says only what is new: members that it takes away are not there any more.</summary>
    private static JsonElement Merge(JsonElement extra, JsonPointer place, JsonElement patch)
    {
        if (patch.ValueKind == JsonValueKind.Null)
            return extra;
        patch = MergePatch.WithoutNulls(patch);
        var before = place.TryGet(extra, out var there) ? there : default;
        return MergePatch.TryApply(before, patch, out var merged, out _) ? place.Set(extra, merged) : place.Set(extra, patch);
    }

    private static JsonElement Unite(JsonElement extra, JsonElement value) =>
        extra.ValueKind != JsonValueKind.Object || value.ValueKind != JsonValueKind.Object
            ? value
            : JsonText.Build(writer =>
            {
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                    member.WriteTo(writer);
                foreach (var member in extra.EnumerateObject().Where(m => !value.TryGetProperty(m.Name, out _)))
                    member.WriteTo(writer);
                writer.WriteEndObject();
            });

    private static void WriteParts(Utf8JsonWriter writer, JsonElement parts)
    {
        if (parts.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in parts.EnumerateObject().Where(m => m.Name != "thingId"))
            member.WriteTo(writer);
    }
}
