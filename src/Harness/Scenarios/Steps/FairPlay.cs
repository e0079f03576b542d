using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>What must hold in every scenario, whatever it is about.</summary>
internal static class FairPlay
{
    /// <summary>Everything that our own device and connector said passes the referee, and no client's queue overflowed.</summary>
    /// <exception cref="ExpectationException">It does not.</exception>
    public static void Check(IReadOnlyList<JournalEntry> journal)
    {
        var foul = journal.Where(e => e.Kind == JournalKind.Overflow || (IsOurs(e.Who) && e.Judgement.Verdict == Verdict.Error)).ToList();
        if (foul.Count > 0)
            throw new ExpectationException("that device and connector keep to the contract and no queue overflows", foul);
    }

    // A device's client id is a fresh UUID, as the original's.
    private static bool IsOurs(string client) => client == "connector" || Guid.TryParseExact(client, "D", out _);
}
