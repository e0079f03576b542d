using System.Collections.Immutable;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// Who sends a signal, by its authorization subjects, for example <c>nginx:ditto</c> (<c>ditto.md</c> 4.3). Two callers with the same
/// subjects in the same order are the same caller.
/// </summary>
public sealed record Caller
{
    private readonly int _hash;

    private Caller(ImmutableArray<string> subjects, bool isTrusted)
    {
        Subjects = subjects;
        IsTrusted = isTrusted;
        var hash = new HashCode();
        foreach (var subject in subjects)
            hash.Add(subject, StringComparer.Ordinal);
        hash.Add(isTrusted);
        _hash = hash.ToHashCode();
    }

    /// <summary>The harness itself, which may do everything: what a device says of its own things needs no policy's leave.</summary>
    public static Caller Harness { get; } = new(["integration:leda-harness"], isTrusted: true);

    /// <summary>All subjects; never empty.</summary>
    public ImmutableArray<string> Subjects { get; }

    /// <summary>Whether no policy is asked.</summary>
    public bool IsTrusted { get; }

    /// <summary>The first subject: it gets the implicit policy (<c>ditto.md</c> 2.4), and is the <c>ditto-originator</c>.</summary>
    public string DefaultSubject => Subjects[0];

    /// <summary>A caller with these subjects, the default one first.</summary>
    /// <exception cref="ArgumentException">There is no subject.</exception>
    public static Caller Of(params ImmutableArray<string> subjects) =>
        subjects.IsDefaultOrEmpty
            ? throw new ArgumentException("a caller has at least one subject", nameof(subjects))
            : new Caller(subjects, isTrusted: false);

    /// <summary>Two callers are equal when their subjects are.</summary>
    public bool Equals(Caller? other) =>
        ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && IsTrusted == other.IsTrusted
            && Subjects.AsSpan().SequenceEqual(other.Subjects.AsSpan()));

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
