using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>What came of a twin command (<c>ditto.md</c> 2.2).</summary>
/// <param name="Status">HTTP-like status: 200 read, 201 created, 204 changed, 304 not modified, 4xx refused.</param>
/// <param name="Value">What was read (200) or created (201); otherwise <see langword="null"/>.</param>
/// <param name="Error">Why it was refused or not modified; otherwise <see langword="null"/>.</param>
/// <param name="Change">The change; <see langword="null"/> if there was none.</param>
public sealed record TwinOutcome(int Status, JsonElement? Value = null, DittoError? Error = null, TwinChange? Change = null)
{
    /// <summary>The entity tag of what is there now, quotes included; <see langword="null"/> where Ditto gives none.</summary>
    public string? ETag { get; init; }

    /// <summary>The revision of the thing now; <see langword="null"/> if refused.</summary>
    public long? Revision { get; init; }

    /// <summary>What was asked for with <c>get-metadata</c>; <see langword="null"/> if nothing was.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The event that tells of the change; <see langword="null"/> if there was none.</summary>
    public Envelope? Event => Change?.Event;

    internal static TwinOutcome Refused(DittoError error) => new(error.Status, null, error);
}
