using System.Text.Json;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>Payloads with the verdict they deserve: our own table, and the reference's where it is at hand.</summary>
public sealed class PayloadCasesTests
{
    // The reference names payloads by model; what is missing here belongs to other flows (up, bk, um, swm1).
    private static readonly Dictionary<string, string> _ids = new()
    {
        ["edge.thing.response"] = "edge.thing.response",
        ["ditto.twinCommand"] = "ditto.twin-command",
        ["ditto.twinEvent"] = "ditto.twin-event",
        ["err.reply"] = "ditto.error-value",
        ["su.feature"] = "software-updatable",
        ["su.installedDependencies"] = "software-updatable.installed-dependencies",
        ["su.lastOperation"] = "software-updatable.last-operation",
        ["su.lastFailedOperation"] = "software-updatable.last-failed-operation",
        ["su.artifact"] = "software-updatable.artifact",
        ["su.op.install"] = "software-updatable.install",
        ["su.op.download"] = "software-updatable.install",
        ["su.op.cancel"] = "software-updatable.cancel",
        ["su.op.remove"] = "software-updatable.remove",
        ["su.op.cancelRemove"] = "software-updatable.remove",
        ["ctr.feature"] = "container",
        ["ctr.status"] = "container.status",
        ["ctr.state"] = "container.state",
        ["ctr.op.rename"] = "container.rename",
        ["ctr.op.remove"] = "container.remove",
        ["ctr.op.stopWithOptions"] = "container.stop-with-options",
        ["ctr.op.update"] = "container.update",
        ["cf.feature"] = "container-factory",
        ["cf.op.create"] = "container-factory.create",
        ["cf.op.createWithConfig"] = "container-factory.create-with-config",
        ["cf.reply.create"] = "container-factory.created",
        ["met.feature"] = "metrics",
        ["met.op.request"] = "metrics.request",
        ["met.data"] = "metrics.data",
    };

    public static TheoryData<string, string, Verdict, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, Verdict, string>();
            foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "payloads", "cases.ndjson")))
            {
                var entry = JsonElement.Parse(line);
                cases.Add(
                    entry.GetProperty("schema").GetString()!, entry.GetProperty("why").GetString()!,
                    Enum.Parse<Verdict>(entry.GetProperty("verdict").GetString()!), entry.GetProperty("value").GetRawText());
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Judge_OurCase_GivesItsVerdict(string schema, string why, Verdict expected, string value)
    {
        var (verdict, findings) = Judge(schema, JsonElement.Parse(value));

        Assert.True(verdict == expected, $"{schema}, {why}: {verdict}\n{string.Join('\n', findings)}");
        Assert.All(findings, finding => Assert.StartsWith("/value", finding.Where));
    }

    [Fact]
    public void Cases_OfEverySchema_HaveEveryVerdictItCanGive()
    {
        var seen = Cases.Select(row => row.Data).Select(data => (data.Item1, data.Item3)).ToHashSet();

        Assert.All(Cloud.Catalogue.Entries.Where(entry => entry.Contract is not null), entry =>
        {
            Assert.Contains((entry.Id, Verdict.Ok), seen);
            Assert.True(entry.Wire is null || seen.Contains((entry.Id, Verdict.Warning)), entry.Id);
        });
    }

    [Fact]
    public void Judge_EveryCaseOfTheReferenceForThisFlow_GivesItsVerdict()
    {
        var cases = JsonElement.Parse(File.ReadAllText(Reference.Find("payload-cases.json"))).GetProperty("cases").EnumerateArray()
            .Where(entry => IdOf(entry) is not null)
            .ToList();

        Assert.Equal(103, cases.Count);
        Assert.All(cases, entry =>
        {
            var expected = entry.GetProperty("verdict").GetString() switch { "V" => Verdict.Ok, "K" => Verdict.Warning, _ => Verdict.Error };
            var (verdict, findings) = Judge(IdOf(entry)!, entry.GetProperty("doc"));
            Assert.True(verdict == expected, $"{entry.GetProperty("id")} {entry.GetProperty("why")}: {verdict}\n{string.Join('\n', findings)}");
        });
    }

    private static (Verdict Verdict, List<Finding> Findings) Judge(string schema, JsonElement value)
    {
        var findings = new List<Finding>();
        Assert.True(PayloadText.TryRead(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()), findings, out var json));
        findings.AddRange(Cloud.Catalogue.Get(schema).Judge(json, "/value"));
        return (Judgement.Of(schema, findings).Verdict, findings);
    }

    private static string? IdOf(JsonElement entry)
    {
        var schema = entry.GetProperty("schema").GetString()!;
        var doc = entry.GetProperty("doc");
        if (schema != "ditto.liveMessage")
            return _ids.GetValueOrDefault(schema);
        if (doc.TryGetProperty("status", out _))
            return "ditto.live-response";
        return doc.GetProperty("path").GetString()!.Contains("/outbox/") ? "ditto.live-event" : "ditto.live-request";
    }
}
