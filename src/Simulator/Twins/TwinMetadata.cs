using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Twins;

/// <summary>Metadata of twins: it mirrors the thing, changes along with a part of it, and goes with that part (<c>ditto.md</c> 1.4).</summary>
internal static class TwinMetadata
{
    private const string Inline = "_metadata";

    // Under the root of a thing, which has a level of its own.
    private const int Deepest = TwinValues.Deepest - 1;

    /// <summary>A plan with what becomes of the thing's metadata.</summary>
    /// <param name="before">The thing; <see langword="null"/> if there is none.</param>
    /// <param name="command">A command that writes.</param>
    /// <param name="headers">What it says about metadata.</param>
    /// <param name="plan">What it makes of the thing.</param>
    public static TwinPlan Apply(Thing? before, TwinCommand command, MetadataHeaders headers, TwinPlan plan)
    {
        if (plan.Error is not null || plan.After is not { } after)
            return plan;
        var inline = InlineOf(command);
        if (inline is not null && !headers.Put.IsEmpty)
            return TwinPlan.Refused(TwinErrors.MetadataTwice());
        if (before is not null)
            inline = null;
        if (inline is { } given && (given.ValueKind != JsonValueKind.Object || TwinValues.Depth(given) > Deepest))
            return TwinPlan.Refused(TwinErrors.InvalidValue($"one with metadata that is a JSON object of at most {Deepest} levels"));
        var place = JsonPointer.Parse(command.Path.ToString());
        var metadata = before is null ? inline : Pruned(before, after, command.Path, place);
        var isTold = inline is not null || !headers.Put.IsEmpty || !headers.Delete.IsEmpty;
        if (plan.Value is { } said && !headers.Put.IsEmpty)
        {
            if (Put(headers, place, said, command.Action == "merge", ref metadata) is { } error)
                return TwinPlan.Refused(error);
        }
        else if (metadata is { } old && !headers.Delete.IsEmpty)
        {
            metadata = Without(old, headers.Delete, place);
        }

        return plan with
        {
            After = after with { Metadata = metadata },
            Metadata = isTold && metadata is { } now && place.TryGet(now, out var told) ? told : null,
        };
    }

    /// <summary>What was asked for with <c>get-metadata</c>, of what may be read.</summary>
    /// <param name="readable">The metadata of the part that the command reads, cut to what may be read; <see langword="null"/> if there is none.</param>
    /// <param name="keys">What was asked for.</param>
    public static JsonElement Answer(JsonElement? readable, ImmutableArray<MetadataKey> keys)
    {
        if (readable is not { ValueKind: JsonValueKind.Object } all)
            return JsonText.Parse("{}");
        if (keys.Any(k => k.IsEverything))
            return all;
        var answer = new JsonObject();
        foreach (var place in keys.SelectMany(k => k.Among(all)))
            Set(answer, place, JsonPointer.Of(place).TryGet(all, out var value) ? value : default);
        return Element(answer);
    }

    private static JsonElement? InlineOf(TwinCommand command) =>
        command is { Path.Kind: ResourceKind.Thing, Action: "create" or "modify", Value: { ValueKind: JsonValueKind.Object } value }
        && value.TryGetProperty(Inline, out var metadata) ? metadata : null;

    /// <summary>What is left when parts of the thing are gone.</summary>
    private static JsonElement? Pruned(Thing before, Thing after, ResourcePath path, JsonPointer place)
    {
        if (before.Metadata is not { } metadata || !place.TryGet(metadata, out var said) || !before.TryGet(path, out var old))
            return before.Metadata;
        return after.TryGet(path, out var current) ? place.Set(metadata, Pruned(said, old, current)) : place.Remove(metadata);
    }

    private static JsonElement Pruned(JsonElement said, JsonElement before, JsonElement after)
    {
        if (said.ValueKind != JsonValueKind.Object || before.ValueKind != JsonValueKind.Object)
            return said;
        return JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in said.EnumerateObject())
            {
                if (!before.TryGetProperty(member.Name, out var old))
                {
                    member.WriteTo(writer);
                }
                else if (after.ValueKind == JsonValueKind.Object && after.TryGetProperty(member.Name, out var current))
                {
                    writer.WritePropertyName(member.Name);
                    Pruned(member.Value, old, current).WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        });
    }

    private static DittoError? Put(MetadataHeaders headers, JsonPointer place, JsonElement said, bool isPatch, ref JsonElement? metadata)
    {
        var all = metadata is { ValueKind: JsonValueKind.Object } old ? JsonObject.Create(old)! : [];
        var size = 0L;
        foreach (var (key, value) in headers.Put)
        {
            var (length, depth) = (JsonMarshal.GetRawUtf8Value(value).Length, TwinValues.Depth(value));
            foreach (var below in key.In(said, isPatch))
            {
                if (value.ValueKind != JsonValueKind.Object && JsonPointer.Of(below).TryGet(said, out _))
                    continue; // what mirrors a part of the thing is an object
                size += length + below.Sum(s => s.Length);
                if (size > TwinValues.MaxThingSize)
                    return TwinErrors.TooLarge(size);
                if (place.Segments.Length + below.Length + depth > Deepest)
                    return TwinErrors.HeaderInvalid("put-metadata", $"metadata has at most {Deepest} levels");
                Set(all, place.Segments.AddRange(below), value);
            }
        }

        if (all.Count > 0)
            metadata = Element(all);
        return null;
    }

    private static JsonElement? Without(JsonElement metadata, ImmutableArray<MetadataKey> keys, JsonPointer place)
    {
        if (!place.TryGet(metadata, out var said))
            return metadata;
        if (keys.Any(k => k.IsEverything))
            return place.IsRoot ? null : place.Set(metadata, JsonText.Parse("{}"));
        foreach (var below in keys.SelectMany(k => k.Among(said)))
            metadata = JsonPointer.Of(place.Segments.AddRange(below)).Remove(metadata);
        return metadata;
    }

    private static void Set(JsonObject root, ImmutableArray<string> place, JsonElement value)
    {
        foreach (var segment in place.AsSpan()[..^1])
        {
            if (root[segment] is not JsonObject below)
                root[segment] = below = [];
            root = below;
        }

        root[place[^1]] = value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(value),
            JsonValueKind.Array => JsonArray.Create(value),
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            _ => JsonValue.Create(value),
        };
    }

    private static JsonElement Element(JsonObject json) => JsonText.Build(writer => json.WriteTo(writer));
}
