using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Leda.Harness.Protocol.Json;

/// <summary>
/// JSON merge patch (RFC 7396) with Eclipse Ditto's extension (<c>ditto.md</c> 2.6): a member <c>"{{ /regex/ }}": null</c> takes away each
/// member whose whole name matches, except those that the patch names itself; these are replaced, not merged.
/// </summary>
public static partial class MergePatch
{
    /// <summary>How long one regular expression of a patch may work on one name before the patch is refused.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    /// <summary>A value with a patch applied. <c>null</c> members of the patch take members away; arrays are replaced whole.</summary>
    /// <param name="target">The value; <see langword="null"/> if there is none yet.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="result">The patched value.</param>
    /// <param name="problem">Which regular expression cannot be used, for people.</param>
    public static bool TryApply(JsonElement? target, JsonElement patch, out JsonElement result, [NotNullWhen(false)] out string? problem)
    {
        result = default;
        problem = null;
        try
        {
            result = patch.ValueKind == JsonValueKind.Object
                ? JsonText.Build(writer => WriteMerged(writer, target.GetValueOrDefault(), patch))
                : patch;
        }
        catch (Exception e) when (e is RegexParseException or RegexMatchTimeoutException or NotSupportedException)
        {
            problem = $"a regular expression of the patch cannot be used: {e.Message}";
        }

        return problem is null;
    }

    /// <summary>A value without members that are <c>null</c>, at every level but inside arrays.</summary>
    public static JsonElement WithoutNulls(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? JsonText.Build(writer => WriteMerged(writer, default, value)) : value;

    /// <summary>What of a patch makes a difference to a value: the same result, with less said. An object of the patch with a pattern in it stays
    /// whole.</summary>
    /// <param name="target">The value; <see langword="null"/> if there is none yet.</param>
    /// <param name="patch">The patch; of an object, <c>{}</c> may be left.</param>
    public static JsonElement Minimized(JsonElement? target, JsonElement patch) =>
        target is { ValueKind: JsonValueKind.Object } current && patch.ValueKind == JsonValueKind.Object && Patterns(patch) is null
            ? JsonText.Build(writer => WriteDifference(writer, current, patch))
            : patch;

    private static void WriteDifference(Utf8JsonWriter writer, JsonElement target, JsonElement patch)
    {
        writer.WriteStartObject();
        foreach (var member in patch.EnumerateObject())
        {
            var exists = target.TryGetProperty(member.Name, out var current);
            var rest = Minimized(exists ? current : null, member.Value);
            if (rest.ValueKind == JsonValueKind.Null ? !exists : exists && ChangesNothing(current, rest))
                continue;
            writer.WritePropertyName(member.Name);
            rest.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static bool ChangesNothing(JsonElement current, JsonElement rest) =>
        rest.ValueKind == JsonValueKind.Object && current.ValueKind == JsonValueKind.Object
            ? !rest.EnumerateObject().MoveNext()
            : JsonElement.DeepEquals(current, rest);

    private static void WriteMerged(Utf8JsonWriter writer, JsonElement target, JsonElement patch)
    {
        var patterns = Patterns(patch);
        writer.WriteStartObject();
        if (target.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in target.EnumerateObject())
            {
                var falls = patterns?.Exists(p => p.IsMatch(member.Name)) ?? false;
                if (patch.TryGetProperty(member.Name, out var change))
                    WriteMember(writer, member.Name, falls ? default : member.Value, change);
                else if (!falls)
                    member.WriteTo(writer);
            }
        }

        foreach (var member in patch.EnumerateObject())
        {
            if (!(target.ValueKind == JsonValueKind.Object && target.TryGetProperty(member.Name, out _)) && !IsPattern(member))
                WriteMember(writer, member.Name, default, member.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, JsonElement target, JsonElement change)
    {
        if (change.ValueKind == JsonValueKind.Null)
            return;
        writer.WritePropertyName(name);
        if (change.ValueKind == JsonValueKind.Object)
            WriteMerged(writer, target, change);
        else
            change.WriteTo(writer);
    }

    private static List<Regex>? Patterns(JsonElement patch)
    {
        List<Regex>? patterns = null;
        foreach (var member in patch.EnumerateObject())
        {
            if (IsPattern(member))
                (patterns ??= []).Add(new Regex($@"\A(?:{PatternKey().Match(member.Name).Groups["regex"].Value})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, _patience));
        }

        return patterns;
    }

    private static bool IsPattern(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Null && member.Name.StartsWith("{{", StringComparison.Ordinal) && PatternKey().IsMatch(member.Name);

    [GeneratedRegex(@"\A\{\{\s*(?:/(?<regex>.*)/|~(?<regex>.*)~)\s*\}\}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex PatternKey();
}
