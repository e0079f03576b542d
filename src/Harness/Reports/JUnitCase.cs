namespace Leda.Harness.Reports;

/// <summary>One test case of a JUnit report.</summary>
/// <param name="ClassName">What it belongs to: a feature, a file, a group of requirements.</param>
/// <param name="Name">What was tested.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Failure">Why it failed; <see langword="null"/> if it did not.</param>
/// <param name="SystemOut">What it has to say, such as the messages that prove the outcome.</param>
internal sealed record JUnitCase(string ClassName, string Name, TimeSpan Duration, JUnitFailure? Failure = null, string? SystemOut = null)
{
    /// <summary>Why it was not run or does not apply; <see langword="null"/> if it was.</summary>
    public string? Skipped { get; init; }
}

/// <summary>Why a test case failed.</summary>
/// <param name="Message">In one line.</param>
/// <param name="Detail">In full.</param>
/// <param name="Type">The kind of failure, such as the id of a rule.</param>
internal sealed record JUnitFailure(string Message, string Detail = "", string Type = "");
