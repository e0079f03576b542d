using Leda.Harness.Protocol.HawkBit;
using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Referee;

/// <summary>SEM-01: a dependency's key is made of its fields. Keys are never decoded, they are made again and compared (SEM-02).</summary>
internal static class DependencyKeyRule
{
    /// <summary>Looks at every map of dependencies in a value.</summary>
    /// <param name="value">A feature, its status, or the map itself.</param>
    /// <param name="schema">The value's schema, which tells what it is.</param>
    /// <param name="at">Where it stands in the message.</param>
    public static IEnumerable<Finding> Check(JToken value, string schema, string at)
    {
        var place = new Place(value, at);
        IEnumerable<JToken?> maps = schema switch
        {
            "software-updatable" => Maps(Member(Member(value, "properties"), "status")),
            "software-updatable.status" => Maps(value),
            "software-updatable.installed-dependencies" => [value],
            _ => [],
        };
        return maps.OfType<JObject>().SelectMany(map => map.Properties()).SelectMany(entry => Check(entry, place));
    }

    private static IEnumerable<Finding> Check(JProperty entry, Place place)
    {
        if (entry.Value is not JObject fields || Text(fields, "name") is not { } name || Text(fields, "version") is not { } version)
            yield break; // the schema has said so already
        var key = new DependencyDescription(Text(fields, "group") ?? "", name, version).Key;
        var isIndex = entry.Name.Length > 0 && entry.Name.All(char.IsAsciiDigit);
        if (entry.Name != key && !isIndex)
        {
            yield return new Finding(
                Rule.DependencyKey, Severity.Warning, place.Of(entry), $"the key '{Words.Short(key)}'", $"'{Words.Short(entry.Name)}'",
                "Make the key of the entry's own fields: <group>.<name>:<version>, every / written %2F, nothing else escaped.");
        }
    }

    private static IEnumerable<JToken?> Maps(JToken? status) => [Member(status, "installedDependencies"), Member(status, "contextDependencies")];

    private static JToken? Member(JToken? value, string name) => (value as JObject)?[name];

    private static string? Text(JObject fields, string name) => fields[name] is JValue { Type: JTokenType.String } text ? (string?)text : null;
}
