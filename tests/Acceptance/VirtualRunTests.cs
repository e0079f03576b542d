using Leda.Harness.Scenarios;
using Leda.Harness.Scenarios.Running;
using Leda.Harness.Simulator.Journal;

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
