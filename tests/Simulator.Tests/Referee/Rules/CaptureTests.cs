using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Rules;

namespace Leda.Harness.Simulator.Tests.Referee.Rules;

/// <summary>The recordings as conversations; where two brokers were recorded, each has its own.</summary>
public sealed class CaptureTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Data", "recordings");

    // What the recording script broke on purpose: commands alone, each by its line and the note before it.
    private static readonly (string File, int Line, string Note)[] _broken =
    [
        ("12-mqtt-container-operations.ndjson", 38, "rename non-string"),
        ("12-mqtt-container-operations.ndjson", 49, "update invalid"),
        ("21-su-install-wrong-checksum.ndjson", 2, "install wrong md5"), // a SHA-1 in the place of the MD5
        ("22-su-install-failures.ndjson", 45, "install no artifacts"),
        ("22-su-install-failures.ndjson", 48, "install no modules"),
        ("30-metrics.ndjson", 25, "invalid frequency"),
        ("51-suite-connector-commands.ndjson", 24, "hub: start with numeric timeout 10"),
    ];

    private static readonly HashSet<string> _ofConversations = [.. RuleBook.Conversations.Select(rule => rule.Id)];

    public static TheoryData<string> Recordings => [.. Directory.GetFiles(_folder, "*.ndjson").Select(Path.GetFileName).Order().OfType<string>()];

    [Fact]
    public void Judge_AllRecordings_FindsErrorsInCommandsThatWereBrokenOnPurposeAlone()
    {
        var errors = Recordings.SelectMany(recording => Judge(Read(recording.Data)))
            .Where(line => line.Judgement.Verdict == Verdict.Error)
            .Select(line => (line.Entry.File, line.Entry.Line, line.Entry.Note));

        Assert.Equal(_broken, errors);
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Judge_RecordingFromAnyMessageOn_HoldsNothingAgainstAnybodyThatCameBefore(string recording)
    {
        var all = Read(recording).ToList();
        var findings = Enumerable.Range(0, all.Count)
            .SelectMany(first => Judge(all.Skip(first)).SelectMany(line => line.Judgement.Findings.Select(finding => (first, line.Entry.Line, finding))))
            .Where(found => _ofConversations.Contains(found.finding.Rule));

        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("20-su-install-remove.ndjson", 3, 4)] // the answer to install and the first status
    [InlineData("20-su-install-remove.ndjson", 8, 9)] // the Container feature and the inventory
    [InlineData("11-mqtt-create-start-stop-remove.ndjson", 5, 6)] // the answer to create and the state CREATED
    [InlineData("20-su-install-remove.ndjson", 19, 20)] // the inventory and the end of the feature
    public void Judge_MessagesOfTwoThreadsInTheOtherOrder_FindsNothing(string recording, int one, int other)
    {
        var all = Read(recording).ToList();
        var (first, second) = (all.FindIndex(entry => entry.Line == one), all.FindIndex(entry => entry.Line == other));
        (all[first], all[second]) = (all[second], all[first]);

        Assert.DoesNotContain(Judge(all).SelectMany(line => line.Judgement.Findings), finding => _ofConversations.Contains(finding.Rule));
    }

    [Fact]
    public void Judge_StatusesInAnotherOrder_IsAnError()
    {
        var all = Read("20-su-install-remove.ndjson").ToList();
        (all[3], all[4]) = (all[4], all[3]); // DOWNLOADING, DOWNLOADED

        Assert.Contains(Judge(all).SelectMany(line => line.Judgement.Findings), finding => finding is { Rule: Rule.Transition, Severity: Severity.Error });
    }

    private static IEnumerable<(Entry Entry, Judgement Judgement)> Judge(IEnumerable<Entry> entries)
    {
        var referees = new Dictionary<string, ConversationReferee>();
        foreach (var entry in entries)
        {
            if (!referees.TryGetValue(entry.Broker, out var referee))
                referees[entry.Broker] = referee = new ConversationReferee(Cloud.Referee);
            yield return (entry, referee.Judge(entry.Message));
        }
    }

    private static IEnumerable<Entry> Read(string recording)
    {
        var (note, number) = ("", 0);
        foreach (var line in File.ReadLines(Path.Combine(_folder, recording)))
        {
            number++;
            var json = JsonElement.Parse(line);
            note = json.Text("note") ?? note;
            if (json.Text("topic") is not { } topic)
                continue;
            var at = DateTimeOffset.FromUnixTimeMilliseconds((long)json.GetProperty("t").GetDouble());
            var message = new SeenMessage(at, topic, Encoding.UTF8.GetBytes(json.Text("payload")!)) { Who = json.Text("from")! };
            yield return new Entry(recording, number, note, json.Text("broker") ?? "", message);
        }
    }

    private sealed record Entry(string File, int Line, string Note, string Broker, SeenMessage Message);
}
