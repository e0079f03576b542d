using System.Text;
using Leda.Harness.Official;
using Leda.Harness.Scenarios;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Acceptance;

/// <summary>All that is said in the scenarios in the Ditto protocol, held against Ditto's own schemas (<c>ditto.md</c> 7).</summary>
public sealed class OfficialSchemaTests(ITestOutputHelper output)
{
    [Fact]
    public void Features_EveryEnvelope_KeepsToTheOfficialSchemas()
    {
        Assert.SkipWhen(OfficialSchemas.Folder is null, OfficialSchemas.Missing);
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        var excused = new HashSet<EnvelopeException>();

        Suite.RunVirtually(Features.All, seed: 1, journal =>
        {
            foreach (var text in journal.Snapshot().Where(IsOurs).Select(e => Encoding.UTF8.GetString(e.Payload.Span)).Where(IsEnvelope))
            {
                var envelope = OfficialSchemas.Read(text);
                var schema = EnvelopeCheck.SchemaOf((string)envelope["topic"]!, envelope["status"] is not null);
                seen[schema] = seen.GetValueOrDefault(schema) + 1;
                foreach (var problem in EnvelopeCheck.Problems(text))
                {
                    if (EnvelopeException.All.FirstOrDefault(e => e.Excuses(text, problem)) is { } exception)
                        excused.Add(exception);
                    else
                        wrong.Add($"{problem}: {text}");
                }
            }
        });

        foreach (var (schema, count) in seen)
            output.WriteLine($"{schema}: {count} envelopes");
        Assert.True(wrong.Count == 0, $"{wrong.Count} deviations, for example:\n{string.Join('\n', wrong.DistinctBy(w => w.Split('{')[0]).Take(20))}");
        Assert.Equal(["protocol-envelope.json", "protocol-error_response.json", "protocol-response.json"], seen.Keys);
        Assert.True(seen["protocol-envelope.json"] > 5_000, "most of what the scenarios say is missing");
        Assert.Equal(EnvelopeException.All.Count, excused.Count);
    }

    [Theory]
    [InlineData("""{"topic":"ns/t/things/twin/events/modified","headers":{},"path":"/","value":{"thingId":"ns:t"},"revision":1}""", "thing_v2.json")]
    [InlineData("""{"topic":"ns/t/things/twin/events/created","headers":{},"path":"/features/f","value":{"properties":1},"revision":1}""", "feature_v2.json")]
    [InlineData("""{"topic":"ns/t/things/twin/events/modified","headers":{},"path":"/attributes/a","value":1,"revision":"1"}""", "protocol-envelope.json")]
    [InlineData("""{"topic":"ns/t/things/twin/commands/modify","headers":{},"path":"/attributes/a","status":204}""", "protocol-response.json")]
    [InlineData("""{"topic":"ns/t/things/twin/errors","headers":{"correlation-id":"c"},"path":"/","value":{"status":404,"error":"e"},"status":404}""", "protocol-error_response.json")]
    [InlineData("""{"topic":"ns/t/things/twin/acks/l","headers":{"correlation-id":"c"},"path":"/","status":"200"}""", "protocol-ack.json")]
    [InlineData("""{"topic":"ns/t/things/twin/acks","headers":{"correlation-id":"c"},"path":"/","value":[],"status":200}""", "protocol-acks.json")]
    [InlineData("""{"topic":"_/_/things/twin/search/next","headers":{},"path":"/","value":{"subscriptionId":"s"}}""", "protocol-search-next-payload.json")]
    [InlineData("""{"topic":"_/_/things/twin/search/created","headers":{},"path":"/","value":{}}""", "protocol-search-subscriptionid.json")]
    [InlineData("""{"topic":"ns/t/things/twin/streaming/next","headers":{},"path":"/","value":{"subscriptionId":"s"}}""", "protocol-streaming-subscription-next-payload.json")]
    [InlineData("""{"topic":"ns/t/things/twin/streaming/complete","headers":{},"path":"/","value":{}}""", "protocol-streaming-subscriptionid.json")]
    public void WrongEnvelope_IsFoundByTheSchemaThatFits(string text, string schema)
    {
        Assert.SkipWhen(OfficialSchemas.Folder is null, OfficialSchemas.Missing);

        Assert.Contains(EnvelopeCheck.Problems(text), problem => problem.StartsWith(schema, StringComparison.Ordinal));
    }

    /// <summary>What scenarios say as <c>someone</c> is wrong on purpose.</summary>
    private static bool IsOurs(JournalEntry entry) =>
        entry.Kind is JournalKind.TwinEvent or JournalKind.TwinError || (entry.Kind == JournalKind.Publish && entry.Who != "someone");

    private static bool IsEnvelope(string text) => text.StartsWith("{\"topic\":", StringComparison.Ordinal);
}
