using Leda.Harness.Scenarios;
using Leda.Harness.Scenarios.Running;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Acceptance;

/// <summary>The same scenarios over the in-memory bus, on one thread, under a virtual clock.</summary>
public sealed class VirtualRunTests
{
    [Fact]
    public void Features_UnderAVirtualClock_AllPass()
    {
        var run = Suite.RunVirtually(Features.All, seed: 1, _ => { });

        Assert.Equal(Features.All.Count, run.Scenarios.Count);
        Assert.All(run.Scenarios, result => Assert.True(result.Status == ScenarioStatus.Passed, TextReport.Of(result)));
    }

    [Fact]
    public void Features_SameSeedTwice_WriteTheSameJournalToTheByte()
    {
        var first = Journal(seed: 42);

        Assert.NotEmpty(first);
        Assert.True(first.AsSpan().SequenceEqual(Journal(seed: 42)), "two runs from one seed differ");
        Assert.False(first.AsSpan().SequenceEqual(Journal(seed: 43)), "another seed should give other ids");
    }

    /// <summary>Refusals need commands that are wrong; what these features say on purpose is all in order.</summary>
    [Fact]
    public void GoodConversations_EverythingAnybodySays_KeepsToTheContract()
    {
        string[] good =
        [
            "The cloud runs containers on a device", "A device reports what runs on it", "The connector tells everybody whether the cloud can be reached",
            "Containers that come back", "What becomes of containers when the device restarts", "Installing software", "Removing software",
            "Bringing a device to a desired state",
        ];
        var judged = 0;

        Suite.RunVirtually(Features.All.Where(s => good.Contains(s.Feature.Title)), seed: 1, journal =>
        {
            foreach (var entry in journal.Snapshot())
            {
                Assert.True(entry.Judgement.Verdict != Verdict.Error, $"{entry.Who} {entry.Topic}: {string.Join("; ", entry.Judgement.Findings)}");
                judged += entry.Judgement.Verdict == Verdict.Unjudged ? 0 : 1;
            }
        });

        Assert.True(judged > 2000, $"only {judged} messages were judged");
    }

    private static byte[] Journal(int seed)
    {
        using var bytes = new MemoryStream();
        Suite.RunVirtually(Features.All, seed, journal =>
        {
            foreach (var entry in journal.Snapshot())
            {
                bytes.Write(JournalText.ToLine(entry));
                bytes.WriteByte((byte)'\n');
            }
        });
        return bytes.ToArray();
    }
}
