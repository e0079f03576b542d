using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>
/// Payloads with the verdict they deserve: our own, one for each sentence that <c>payloads.md</c> says about examples
/// (<c>Data/payloads/*.ndjson</c>, those with an id), and the reference's where they are at hand.
/// </summary>
public sealed class PayloadCasesTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Data", "payloads");

    public static TheoryData<string> Files => [.. Directory.GetFiles(_folder, "*.ndjson").Select(Path.GetFileName).OfType<string>().Where(name => name != "examples.ndjson").Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Judge_OurCases_GiveTheirVerdicts(string file) => Assert.All(Read(file), AssertVerdict);

    [Fact]
    public void OurCases_BySentenceOfTheReference_AreAllThere()
    {
        var ids = All.Where(entry => entry.Id is not null).ToList();

        Assert.Equal(480, ids.Count);
        Assert.Equal(480, ids.Select(entry => entry.Id).Distinct().Count());
        Assert.Equal((151, 74, 255), (Count('V'), Count('K'), Count('X')));

        int Count(char kind) => ids.Count(entry => entry.Id!.Split('-')[1][0] == kind);
    }

    [Fact]
    public void OurCases_OfEverySchema_HaveEveryVerdictItCanGive()
    {
        var seen = All.Select(entry => (Cloud.Catalogue.Find(entry.Schema)!.Id, entry.Expected)).ToHashSet();

        Assert.All(Cloud.Catalogue.Entries.Where(entry => entry.Contract is not null), entry =>
        {
            Assert.True(seen.Contains((entry.Id, Verdict.Ok)), $"{entry.Id} lacks a case that is fine");
            Assert.True(entry.Wire is null || seen.Contains((entry.Id, Verdict.Warning)), $"{entry.Id} lacks a case with a warning");
        });
    }

    [Fact]
    public void Judge_EveryCaseOfTheReference_GivesItsVerdict()
    {
        var cases = JsonElement.Parse(File.ReadAllText(Reference.Find("payload-cases.json"))).GetProperty("cases").EnumerateArray()
            .Select(entry => Of(entry, entry.GetProperty("doc")))
            .ToList();

        Assert.Equal(149, cases.Count);
        Assert.All(cases, AssertVerdict);
    }

    /// <summary>Our cases.</summary>
    internal static IEnumerable<Case> All => Files.SelectMany(row => Read(row.Data));

    private static IEnumerable<Case> Read(string file) =>
        File.ReadLines(Path.Combine(_folder, file)).Select(line => JsonElement.Parse(line)).Select(entry => Of(entry, entry.GetProperty("value")));

    private static Case Of(JsonElement entry, JsonElement value) => new(
        entry.TryGetProperty("id", out var id) ? id.GetString() : null,
        entry.GetProperty("schema").GetString()!,
        entry.GetProperty("why").GetString()!,
        entry.GetProperty("verdict").GetString() switch
        {
            "V" => Verdict.Ok,
            "K" => Verdict.Warning,
            "X" => Verdict.Error,
            var name => Enum.Parse<Verdict>(name!),
        },
        value.GetRawText());

    private static void AssertVerdict(Case one)
    {
        var schema = Cloud.Catalogue.Find(one.Schema);
        Assert.True(schema is not null, $"{one.Id}: no schema is called {one.Schema}");
        var judgement = Cloud.Referee.JudgeAs(schema, Encoding.UTF8.GetBytes(one.Value));

        Assert.True(judgement.Verdict == one.Expected, $"{one.Id} {one.Schema}, {one.Why}: {judgement.Verdict}\n{string.Join('\n', judgement.Findings)}\n{one.Value}");
        Assert.Equal(schema.Id, judgement.Criterion);
    }

    internal sealed record Case(string? Id, string Schema, string Why, Verdict Expected, string Value);
}
