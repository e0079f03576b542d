using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Simulator.Tests.Referee;

/// <summary>Recorded traffic of the real programs passes without an error (architecture rule 7).</summary>
public sealed class RecordingsTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Data", "recordings");

    public static TheoryData<string> Recordings => [.. Directory.GetFiles(_folder, "*.ndjson").Select(Path.GetFileName).Order().OfType<string>()];

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Judge_WhatTheRealDaemonSent_IsNoError(string recording)
    {
        foreach (var (_, topic, payload) in Read(recording).Where(message => message.From == "device"))
        {
            var judgement = Cloud.Referee.Judge(topic, payload);
            Assert.True(judgement.Verdict != Verdict.Error, $"{topic}: {string.Join("; ", judgement.Findings)}\n{Encoding.UTF8.GetString(payload)}");
        }
    }

    [Fact]
    public void Judge_AllRecordings_KnowsEveryEnvelopeAndMostAreAsTheContractSays()
    {
        var judgements = Recordings
            .SelectMany(recording => Read(recording.Data).Where(message => message.From == "device"))
            .Select(message => Cloud.Referee.Judge(message.Topic, message.Payload))
            .ToList();

        Assert.Equal(203, judgements.Count);
        Assert.Equal(191, judgements.Count(judgement => judgement.Verdict == Verdict.Ok));
        Assert.Equal(12, judgements.Count(judgement => judgement.Verdict == Verdict.Warning)); // 4 of them in 51: {"a":1} and the like as telemetry
        Assert.DoesNotContain(judgements, judgement => judgement.Findings.Any(finding => finding.Rule == Rule.NoSchema && !judgement.Criterion.StartsWith("ditto.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("12-mqtt-container-operations.ndjson", "rename non-string", Verdict.Error, "/value")]
    [InlineData("12-mqtt-container-operations.ndjson", "rename invalid name", Verdict.Warning, "/value")]
    [InlineData("12-mqtt-container-operations.ndjson", "update invalid", Verdict.Error, "/value/resources/memory")]
    [InlineData("22-su-install-failures.ndjson", "install without checksums", Verdict.Warning, "/value/softwareModules/0/artifacts/0/checksums")]
    [InlineData("22-su-install-failures.ndjson", "install no artifacts", Verdict.Error, "/value/softwareModules/0/artifacts")]
    [InlineData("22-su-install-failures.ndjson", "install no modules", Verdict.Error, "/value/softwareModules")]
    [InlineData("30-metrics.ndjson", "invalid frequency", Verdict.Error, "/value/frequency")]
    [InlineData("51-suite-connector-commands.ndjson", "hub: start with numeric timeout 10", Verdict.Error, "/headers/timeout")]
    public void Judge_CommandThatWasBrokenOnPurpose_SaysWhere(string recording, string note, Verdict verdict, string where)
    {
        var (_, topic, payload) = Read(recording, note).First(message => message.From == "driver");

        var judgement = Cloud.Referee.Judge(topic, payload);

        Assert.Equal(verdict, judgement.Verdict);
        Assert.Equal(where, Assert.Single(judgement.Findings).Where);
    }

    internal static IEnumerable<(string From, string Topic, byte[] Payload)> Read(string recording, string? afterNote = null)
    {
        var reached = afterNote is null;
        foreach (var line in File.ReadLines(Path.Combine(_folder, recording)))
        {
            var entry = JsonElement.Parse(line);
            reached |= entry.TryGetProperty("note", out var note) && note.GetString() == afterNote;
            if (reached && entry.TryGetProperty("topic", out var topic))
                yield return (entry.GetProperty("from").GetString()!, topic.GetString()!, Encoding.UTF8.GetBytes(entry.GetProperty("payload").GetString()!));
        }
    }
}
