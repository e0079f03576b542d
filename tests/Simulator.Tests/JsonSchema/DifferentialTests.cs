using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CsCheck;
using Leda.Harness.Official;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.JsonSchema;
using Leda.Harness.Simulator.Tests.Referee;
using Second = Leda.Harness.SecondOpinion.SecondOpinion;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>
/// Our verdicts beside NJsonSchema's: on the examples of our schemas, the payload cases, the recordings, and a million mutations of them.
/// Where the two differ, a known fault of NJsonSchema must be the reason.
/// </summary>
public sealed class DifferentialTests
{
    private const int Mutations = 1_000_000;

    private static readonly List<Pair> _pairs = Pairs();

    public static TheoryData<KnownFault> Faults => [.. KnownFault.All];

    [Fact]
    public void IsValid_ValuesAsTheyAre_AgreesWithNJsonSchema()
    {
        Assert.True(_pairs.Count > 1_000, $"{_pairs.Count} pairs only");
        Assert.Empty(_pairs.Select(pair => Difference(pair, pair.Text)).OfType<string>());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void IsValid_WhereNJsonSchemaIsWrong_IsWhatDraft07Says(KnownFault fault)
    {
        var ours = SchemaSet.Load([new SchemaDocument("a", Encoding.UTF8.GetBytes(fault.Schema))])["a"].IsValid(Encoding.UTF8.GetBytes(fault.Value));

        Assert.Equal(fault.IsValid, ours);
        Assert.NotEqual(ours, Theirs(Second.Of("a.json", fault.Schema), fault.Value)); // once it is repaired, the fault can go
    }

    [Fact]
    public void IsValid_AMillionMutations_AgreesWithNJsonSchema()
    {
        var faults = new ConcurrentDictionary<string, int>();
        var valid = 0;
        Gen.Select(Gen.Int[0, _pairs.Count - 1], Gen.UInt, Gen.UInt, Gen.UInt).Sample(
            (i, where, how, what) =>
            {
                var mutant = Mutant.Of(_pairs[i].Text, where, how, what);
                if (Difference(_pairs[i], mutant, faults, ref valid) is { } difference)
                    Assert.Fail(difference);
            },
            iter: Mutations);

        TestContext.Current.TestOutputHelper?.WriteLine($"{valid} of {Mutations} valid; {string.Join(", ", faults.Select(f => $"{f.Key}: {f.Value}"))}");
        Assert.InRange(valid, Mutations / 20, Mutations * 19 / 20); // both verdicts are put to the test
    }

    private static bool? Theirs(NJsonSchema.JsonSchema schema, string text)
    {
        try
        {
            return schema.Validate(OfficialSchemas.Read(text)).Count == 0;
        }
        catch (InvalidCastException)
        {
            return null;
        }
    }

    private static string? Difference(Pair pair, string text)
    {
        var valid = 0;
        return Difference(pair, text, [], ref valid);
    }

    /// <summary>A difference that no known fault explains.</summary>
    private static string? Difference(Pair pair, string text, ConcurrentDictionary<string, int> faults, ref int valid)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var ours = pair.Schema.Ours.IsValid(utf8);
        if (ours)
            Interlocked.Increment(ref valid);
        bool? theirs;
        try
        {
            theirs = Theirs(pair.Schema.Theirs, text);
        }
        catch (Newtonsoft.Json.JsonException e)
        {
            return ours ? $"we take what cannot be read ({e.Message}): {text}" : null;
        }

        if (!JsonText.TryParse(utf8, out var json, out _))
            return null; // the referee never gets there: strict text comes first, and the second opinion reads laxly (payloads.md 1.2)
        if (ours == pair.Schema.Ours.Explain(json).Any())
            return $"{pair.Schema.Path}: verdict and explanation differ, {text}";
        if (ours == theirs)
            return null;
        if (KnownFault.All.FirstOrDefault(fault => fault.Explains(pair.Schema.Text, json, ours)) is not { } known)
            return $"{pair.Schema.Path}: we say {ours}, NJsonSchema {theirs} of {text}";
        faults.AddOrUpdate(known.Name, 1, (_, count) => count + 1);
        return null;
    }

    private static List<Pair> Pairs()
    {
        var schemas = Cloud.Catalogue.Schemas.Paths.Where(path => path != "common.json")
            .ToDictionary(path => path, path => new Judge(path, Second.Text(path), Cloud.Catalogue.Schemas[path], Second.Of(path)));
        var examples = schemas.Values
            .SelectMany(schema => JsonElement.Parse(schema.Text).GetProperty("examples").EnumerateArray(), (schema, example) => (schema.Path, Text: example.GetRawText()))
            .SelectMany(pair => schemas.Keys.Where(path => Name(path) == Name(pair.Path)), (pair, path) => new Pair(schemas[path], pair.Text));
        var cases =
            from one in PayloadCasesTests.All
            let entry = Cloud.Catalogue.Find(one.Schema)
            from path in new[] { entry.Contract, entry.Wire }.OfType<string>()
            select new Pair(schemas[path], one.Value);
        var recordings = RecordingsTests.Recordings
            .SelectMany(recording => RecordingsTests.Read(recording.Data))
            .Where(message => JsonText.TryParse(message.Payload, out var json, out _) && json.ValueKind == JsonValueKind.Object && json.TryGetProperty("topic", out _))
            .SelectMany(message => schemas.Values.Where(schema => Name(schema.Path).StartsWith("ditto.", StringComparison.Ordinal)), (message, schema) => new Pair(schema, Encoding.UTF8.GetString(message.Payload)));
        return [.. examples.Concat(cases).Concat(recordings).Distinct()];
    }

    private static string Name(string path) => Path.GetFileName(path);

    private sealed record Judge(string Path, string Text, JsonValidator Ours, NJsonSchema.JsonSchema Theirs);

    private sealed record Pair(Judge Schema, string Text);
}
