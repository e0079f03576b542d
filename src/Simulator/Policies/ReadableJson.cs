using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>Cuts JSON values to what a caller may read of them (<c>ditto.md</c> 2.5). An object of which nothing is left goes as well.</summary>
internal static class ReadableJson
{
    /// <summary>A value cut to its readable parts; the same value, not a copy, if that is all of it.</summary>
    /// <param name="spot">Where the value stands.</param>
    /// <param name="value">The value.</param>
    /// <param name="always">Which members of the outermost object are shown in any case.</param>
    /// <returns><see langword="null"/> if nothing is readable; members that are shown in any case do not count.</returns>
    public static JsonElement? Cut(ResourceSpot spot, JsonElement value, ReadOnlySpan<string> always = default)
    {
        if (spot.Everywhere.HasFlag(Permissions.Read))
            return value;
        return Shows(spot, value) ? CutObject(spot, value, always) : null;
    }

    /// <summary>An object cut to its readable parts, even if nothing but the members shown in any case is left.</summary>
    public static JsonElement CutObject(ResourceSpot spot, JsonElement value, ReadOnlySpan<string> always)
    {
        if (spot.Everywhere.HasFlag(Permissions.Read) || value.ValueKind != JsonValueKind.Object)
            return value;
        string[] shown = [.. always];
        return JsonText.Build(writer => Write(writer, spot, value, shown));
    }

    private static bool Shows(ResourceSpot spot, JsonElement value)
    {
        if (spot.Everywhere.HasFlag(Permissions.Read))
            return true;
        if (!spot.Somewhere.HasFlag(Permissions.Read))
            return false;
        if (value.ValueKind != JsonValueKind.Object)
            return spot.Here.HasFlag(Permissions.Read);
        var isEmpty = true;
        foreach (var member in value.EnumerateObject())
        {
            isEmpty = false;
            if (Shows(spot.Step(member), member.Value))
                return true;
        }

        return isEmpty && spot.Here.HasFlag(Permissions.Read);
    }

    private static void Write(Utf8JsonWriter writer, ResourceSpot spot, JsonElement value, string[] always)
    {
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            var below = spot.Step(member);
            if (below.Everywhere.HasFlag(Permissions.Read) || (always.Length > 0 && always.Contains(member.Name)))
            {
                member.WriteTo(writer);
            }
            else if (Shows(below, member.Value))
            {
                writer.WritePropertyName(member.Name);
                if (member.Value.ValueKind == JsonValueKind.Object)
                    Write(writer, below, member.Value, []);
                else
                    member.Value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }
}
