using System.Text.Json;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee;

/// <summary>SEM-01: a dependency's key is made of its fields. Keys are never decoded, they are made again and compared (SEM-02).</summary>
internal static class DependencyKeyRule
{
    /// <summary>Looks at every map of dependencies in a value.</summary>
    /// <param name="value">A feature, its status, or the map itself.</param>
    /// <param name="schema">The value's schema, which tells what it is.</param>
    /// <param name="at">Where it stands in the message.</param>
    public static IEnumerable<Finding> Check(JsonElement value, string schema, string at) => schema switch
    {
        "software-updatable" => CheckStatus(Member(Member(value, "properties"), "status"), at + "/properties/status"),
        "software-updatable.status" => CheckStatus(value, at),
        "software-updatable.installed-dependencies" => CheckMap(value, at),
        _ => [],
    };

    private static IEnumerable<Finding> CheckStatus(JsonElement? status, string at) =>
        from map in (string[])["installedDependencies", "contextDependencies"]
        from finding in CheckMap(Member(status, map), $"{at}/{map}")
        select finding;

    private static IEnumerable<Finding> CheckMap(JsonElement? map, string at) =>
        map is { ValueKind: JsonValueKind.Object } entries ? entries.EnumerateObject().SelectMany(entry => CheckEntry(entry, at)) : [];

    private static IEnumerable<Finding> CheckEntry(JsonProperty entry, string at)
    {
        if (Text(entry.Value, "name") is not { } name || Text(entry.Value, "version") is not { } version)
            yield break; // the schema has said so already
        var key = new DependencyDescription(Text(entry.Value, "group") ?? "", name, version).Key;
        var isIndex = entry.Name.Length > 0 && entry.Name.All(char.IsAsciiDigit);
        if (entry.Name != key && !isIndex)
        {
            yield return new Finding(
                Rule.DependencyKey, Severity.Warning, $"{at}/{Violation.Escape(entry.Name)}", $"the key '{Words.Short(key)}'", $"'{Words.Short(entry.Name)}'",
                "Make the key of the entry's own fields: <group>.<name>:<version>, every / written %2F, nothing else escaped.");
        }
    }

    private static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement fields, string name) =>
        Member(fields, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
