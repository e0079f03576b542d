namespace Leda.Harness.Conformance;

/// <summary>What became of a requirement.</summary>
internal enum Outcome
{
    /// <summary>The device does what is required.</summary>
    Passed,

    /// <summary>It does not.</summary>
    Failed,

    /// <summary>It was not tried, or could not be judged; the result says why.</summary>
    NotApplicable,
}
