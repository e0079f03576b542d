namespace Leda.Harness.Conformance;

/// <summary>Finds the failures that another one explains, so that each defect is named once.</summary>
/// <param name="requirements">All that is required.</param>
/// <param name="results">What became of it.</param>
internal sealed class SameDefects(IReadOnlyList<Requirement> requirements, IEnumerable<RequirementResult> results)
{
    private readonly List<RequirementResult> _failures = [.. results.Where(r => r.Outcome == Outcome.Failed)];

    /// <summary>The ids of failures that are not to be named, and why.</summary>
    public IReadOnlyList<(string Id, string Reason)> Find() =>
        [.. _failures.Select(f => (f.Id, Reason: Explained(f) ?? Repeated(f))).Where(f => f.Reason is not null).Select(f => (f.Id, f.Reason!))];

    /// <summary>It met a message that is wrong in another respect, and has nothing else to show.</summary>
    private string? Explained(RequirementResult failure)
    {
        var cause = _failures.FirstOrDefault(other => other.Id != failure.Id && Explains(other.Id, failure.Id)
            && (failure.Wrong.Count > 0 ? failure.Wrong.IsSubsetOf(other.Wrong) : failure.Evidence.Any(e => other.Wrong.Contains(e.Sequence))));
        return cause is null ? null : $"because {cause.Id} failed: it met a message that is wrong in that respect";
    }

    private string? Repeated(RequirementResult failure)
    {
        var first = _failures.First(other => other == failure || (other.Kind.Length > 0 && other.Kind == failure.Kind));
        return first == failure ? null : $"because {first.Id} failed in the same way: {failure.Kind}";
    }

    private bool Explains(string cause, string id) =>
        requirements.Single(r => r.Id == cause).Explains.Any(start => id.StartsWith(start, StringComparison.Ordinal));
}
