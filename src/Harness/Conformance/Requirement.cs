namespace Leda.Harness.Conformance;

/// <summary>One thing that a device has to do, and how to find out whether it does.</summary>
/// <param name="Id">Stable; people filter by it.</param>
/// <param name="Sentence">What is required.</param>
/// <param name="Source">Where it is written.</param>
internal sealed record Requirement(string Id, string Sentence, string Source)
{
    /// <summary>Tries it: returns if the requirement is met.</summary>
    public required Func<Trial, Task> Play { get; init; }

    /// <summary>Whether containers are made or removed, or the original is known to end.</summary>
    public bool IsDestructive { get; init; }

    /// <summary>Whether it can be known only from what the broker sees: subscriptions, quality of service, retention.</summary>
    public bool NeedsTheBroker { get; init; }

    /// <summary>Without these it says nothing of its own.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Beginnings of the ids of requirements that fail, too, where they meet a message that this one finds wrong, and are then not named.</summary>
    public IReadOnlyList<string> Explains { get; init; } = [];

    /// <summary>Beginnings of the referee's rules that say the same: where this one has failed their findings are not repeated (<see cref="NamedFindings"/>).</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];
}
