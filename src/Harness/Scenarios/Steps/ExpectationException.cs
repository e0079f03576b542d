using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>Something that a scenario expects did not come, or came unwanted. The message shows the conversation since the last action.</summary>
internal sealed class ExpectationException(string expected, IReadOnlyList<JournalEntry> conversation)
    : Exception($"expected {expected}.\n{Describe(conversation)}")
{
    private const int MostLines = 40;

    /// <summary>The message alone: where in the steps it was thrown helps nobody who wrote the scenario.</summary>
    public override string ToString() => Message;

    private static string Describe(IReadOnlyList<JournalEntry> conversation)
    {
        if (conversation.Count == 0)
            return "Nothing was seen since the last action.";
        var lines = conversation.TakeLast(MostLines).Select(entry => "  " + ConversationLine.Of(entry));
        return $"Seen since the last action ({conversation.Count} entries, the last {MostLines} at most):\n{string.Join("\n", lines)}";
    }
}
