using System.Text.Json;
using CsCheck;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Tests.Policies;

/// <summary>The enforcer against the sentence of <c>ditto.md</c> 2.5, taken word by word and without any tree.</summary>
public sealed class EnforcerModelTests
{
    private static readonly string[] _names = ["attributes", "features", "a", "b"];

    private static readonly Gen<string[]> _path = Gen.Int[0, 3].Select(i => _names[i]).Array[0, 4];

    private static readonly Gen<(string[] Path, int Grant, int Revoke)[]> _resources =
        Gen.Select(_path, Gen.Int[0, 7], Gen.Int[0, 7]).Array[0, 6];

    [Fact]
    public void Enforcer_AnyPolicy_AgreesWithTheModel() => Gen.Select(_resources.Array[1, 3], _path).Sample(
        (entries, path) =>
        {
            var enforcer = Enforcer.Of([.. entries.Select(ToEntry)]);
            var rules = entries.SelectMany(e => e).ToArray();
            var pointer = JsonPointer.Parse("/" + string.Join('/', path));
            var below = Reachable().Where(p => p.Length >= path.Length && p.AsSpan(0, path.Length).SequenceEqual(path)).Append(path).ToArray();

            var everywhere = below.All(p => Model(rules, p, Permissions.Write));
            var view = ReadableJson.Cut(new ResourceSpot(ResourceNode.Build(entries.SelectMany(e => ToEntry(e).Resources)), true), Full(0));

            return everywhere == enforcer.Allows("thing", pointer.Segments, Permissions.Write)
                && below.All(p => Model(rules, p, Permissions.Read)) == enforcer.CanAskFor(pointer)
                && Leaves().All(leaf => Model(rules, leaf, Permissions.Read)
                    == (view is { } json && JsonPointer.Parse("/" + string.Join('/', leaf)).TryGet(json, out _)));
        },
        iter: 500,
        print: x => JsonSerializer.Serialize(x.Item1.Select(e => e.Select(r => $"/{string.Join('/', r.Path)} +{(Permissions)r.Grant} -{(Permissions)r.Revoke}")))
            + " at /" + string.Join('/', x.Item2));

    /// <summary>The deepest rule that matches decides; of several, the one that revokes.</summary>
    private static bool Model((string[] Path, int Grant, int Revoke)[] rules, string[] at, Permissions wanted)
    {
        for (var depth = at.Length; depth >= 0; depth--)
        {
            var said = rules.Where(r => r.Path.Length == depth && at.AsSpan(0, depth).SequenceEqual(r.Path)).ToArray();
            if (said.Any(r => ((Permissions)r.Revoke).HasFlag(wanted)))
                return false;
            if (said.Any(r => ((Permissions)r.Grant).HasFlag(wanted)))
                return true;
        }

        return false;
    }

    private static PolicyEntry ToEntry((string[] Path, int Grant, int Revoke)[] resources) => new()
    {
        Label = "x",
        Subjects = [],
        Resources = [.. resources.Select(r => new PolicyResource("", "thing", [.. r.Path], (Permissions)r.Grant, (Permissions)r.Revoke, default))],
    };

    private static IEnumerable<string[]> Reachable() => Enumerable.Range(0, 5).SelectMany(Ways);

    private static IEnumerable<string[]> Leaves() => Ways(5);

    private static IEnumerable<string[]> Ways(int length) =>
        length == 0 ? [[]] : Ways(length - 1).SelectMany(way => _names.Select(name => (string[])[.. way, name]));

    private static readonly JsonElement[] _full = [.. Enumerable.Range(0, 6).Select(depth => JsonText.Parse(Text(depth)))];

    private static JsonElement Full(int depth) => _full[depth];

    private static string Text(int depth) =>
        depth == 5 ? "1" : "{" + string.Join(',', _names.Select(name => $"\"{name}\":{Text(depth + 1)}")) + "}";
}
