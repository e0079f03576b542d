namespace Leda.Harness.Acceptance;

/// <summary>An envelope that real components send although no official schema allows it.</summary>
/// <param name="Containing">What is in it, and in no other.</param>
/// <param name="Problem">How the finding that is excused ends.</param>
/// <param name="Reason">Why it is sent all the same.</param>
internal sealed record EnvelopeException(string Containing, string Problem, string Reason)
{
    private const string NoCorrelationId = "PropertyRequired at #/headers.correlation-id";

    /// <summary>Whether it excuses a finding.</summary>
    public bool Excuses(string text, string problem) =>
        problem.EndsWith(Problem, StringComparison.Ordinal) && text.Contains(Containing, StringComparison.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EnvelopeException> All { get; } =
    [
        new("""{"topic":"","headers":null,"path":""}""", "ObjectExpected at #/headers",
            "kanto-container-management.md 1.3: how Kanto's daemon asks who it is; nobody reads what is in it"),
        new("\"error\":\"messages:parameter.invalid\"", NoCorrelationId,
            "kanto-container-management.md 2.5: a device refuses a command that has no correlation-id, and has none to repeat (ditto.md 7.1: two samples of Ditto)"),
        new("/things/twin/errors\",\"headers\":{\"content-type\"", NoCorrelationId,
            "ditto.md 1.7, 7.1: an error repeats the command's correlation-id, and Kanto's twin commands have none (kanto-container-management.md 2.3)"),
    ];
}
