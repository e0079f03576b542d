using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>What came of a twin command (<c>ditto.md</c> 2.2).</summary>
/// <param name="Status">HTTP-like status: 201 created, 204 changed, 4xx refused.</param>
/// <param name="Value">What was created, with status 201; otherwise <see langword="null"/>.</param>
/// <param name="Error">Why it was refused; otherwise <see langword="null"/>.</param>
/// <param name="Event">The change in Ditto's form (<c>…/things/twin/events/created|modified|deleted</c>); <see langword="null"/> if refused.</param>
public sealed record TwinOutcome(int Status, JsonElement? Value, DittoError? Error, Envelope? Event)
{
    internal static TwinOutcome Refused(DittoError error) => new(error.Status, null, error, null);
}
