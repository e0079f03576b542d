using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>What came of a policy command (<c>ditto.md</c> 2.11).</summary>
/// <param name="Status">HTTP-like status: 200 found, 201 created, 204 changed, 4xx refused.</param>
/// <param name="Value">What was found or created; otherwise <see langword="null"/>.</param>
/// <param name="Error">Why it was refused; otherwise <see langword="null"/>.</param>
/// <param name="Policy">The policy as it is now, for its revision and entity tag; <see langword="null"/> if there is none, or if the
/// caller is not to know.</param>
public sealed record PolicyOutcome(int Status, JsonElement? Value, DittoError? Error, Policy? Policy)
{
    internal static PolicyOutcome Refused(DittoError error, Policy? policy = null) => new(error.Status, null, error, policy);
}
