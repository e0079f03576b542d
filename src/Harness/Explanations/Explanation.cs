using Leda.Harness.Protocol;

namespace Leda.Harness.Explanations;

/// <summary>Why something that was expected did not happen.</summary>
/// <param name="Cause">The kind of cause, as its type is called.</param>
/// <param name="At">The entry of the journal that shows it; <see langword="null"/> if it is that there is none.</param>
/// <param name="Text">What is wrong and what to try, in a line or two.</param>
internal sealed record Explanation(string Cause, long? At, string Text)
{
    /// <summary>The explanation in one line for people, which begins with the number of the entry.</summary>
    public override string ToString() => At is { } at ? $"#{at} {PlainText.Of(Text)}" : PlainText.Of(Text);
}
