using Leda.Harness.Explanations;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>
/// Something that a scenario expects did not come, or came unwanted. The message shows what explains it best, by the numbers of entries in the
/// journal, and the conversation since the last action where that tells anything.
/// </summary>
internal sealed class ExpectationException(string expected, IReadOnlyList<JournalEntry>? conversation, IReadOnlyList<Explanation>? explanations = null)
    : Exception($"expected {expected}.\n{Explain(explanations ?? [])}{Describe(conversation)}".TrimEnd())
{
    private const int MostLines = 40;

    /// <summary>Why nothing happened, the most telling first; empty if that is not known.</summary>
    public IReadOnlyList<Explanation> Explanations { get; } = explanations ?? [];

    /// <summary>The message alone: where in the steps it was thrown helps nobody who wrote the scenario.</summary>
    public override string ToString() => Message;

    private static string Explain(IReadOnlyList<Explanation> explanations) =>
        explanations.Count == 0 ? "" : $"Why not:\n{string.Concat(explanations.Select(e => $"  {e}\n"))}";

    private static string Describe(IReadOnlyList<JournalEntry>? conversation)
    {
        if (conversation is null)
            return "";
        if (conversation.Count == 0)
            return "Nothing was seen since the last action.";
        var lines = conversation.TakeLast(MostLines).Select(entry => "  " + ConversationLine.Of(entry));
        return $"Seen since the last action ({conversation.Count} entries, the last {MostLines} at most):\n{string.Join("\n", lines)}";
    }
}
