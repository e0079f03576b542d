using System.Text.Json;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Simulator.JsonSchema;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-01. Keys are never decoded, they are made again and compared (SEM-02).</summary>
internal sealed class DependencyKeyRule : SignalRule
{
    private const string Path = Software + "/properties/status/installedDependencies";

    private const string Fields = """{"group":"org/acme","name":"5f0c","version":"1"}""";

    private static readonly FeaturePlace[] _maps = [new("/properties/status/installedDependencies"), new("/properties/status/contextDependencies")];

    public override string Id => Rule.DependencyKey;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "The key of a dependency is made of its fields.";

    public override string Hint => "Make the key of the entry's own fields: <group>.<name>:<version>, every / written %2F, nothing else escaped.";

    public override string Source => "payloads.md 2.3, SEM-01 and SEM-02";

    public override IReadOnlyList<ExampleMessage> Passing => [Modify(Path, $$"""{"org%2Facme.5f0c:1":{{Fields}}}""")];

    public override IReadOnlyList<ExampleMessage> Failing => [Modify(Path, $$"""{"acme.5f0c:1":{{Fields}}}""")];

    public override void Check(Signal signal, List<Finding> findings)
    {
        foreach (var part in signal.Features)
        {
            if (part.Family != FeatureFamily.SoftwareUpdatable)
                continue;
            foreach (var place in _maps)
            {
                if (part.Find(place) is { Value.ValueKind: JsonValueKind.Object } map)
                    CheckMap(map.Value, map.At, findings);
            }
        }
    }

    private void CheckMap(JsonElement map, string at, List<Finding> findings)
    {
        foreach (var entry in map.EnumerateObject())
        {
            if (entry.Value.Text("name"u8) is not { } name || entry.Value.Text("version"u8) is not { } version)
                continue; // the schema says so
            var key = new DependencyDescription(entry.Value.Text("group"u8) ?? "", name, version).Key;
            var isIndex = entry.Name.Length > 0 && entry.Name.All(char.IsAsciiDigit);
            if (entry.Name != key && !isIndex)
                findings.Add(Found($"{at}/{Violation.Escape(entry.Name)}", $"the key '{Words.Short(key)}'", $"'{Words.Short(entry.Name)}'"));
        }
    }
}
