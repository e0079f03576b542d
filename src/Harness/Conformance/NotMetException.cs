using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Conformance;

/// <summary>The device does not do what a requirement says.</summary>
/// <param name="expected">What it should do.</param>
/// <param name="seen">What it did.</param>
/// <param name="wrong">The messages that are wrong; empty if one is missing.</param>
/// <param name="kind">What makes failures of several requirements one defect; empty if nothing does.</param>
internal sealed class NotMetException(string expected, string seen, IReadOnlyList<JournalEntry> wrong, string kind = "")
    : Exception($"expected {expected}, seen {seen}")
{
    /// <summary>What it should do.</summary>
    public string Expected => expected;

    /// <summary>What it did.</summary>
    public string Seen => seen;

    /// <summary>The messages that are wrong.</summary>
    public IReadOnlyList<JournalEntry> Wrong => wrong;

    /// <summary>What makes failures of several requirements one defect; empty if nothing does.</summary>
    public string Kind => kind;
}
