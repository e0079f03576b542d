using System.Text.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>Somebody whom an entry of a policy addresses.</summary>
/// <param name="Id"><c>issuer:subject</c>, for example <c>nginx:ditto</c>.</param>
/// <param name="Content">Its JSON object as it was given: <c>type</c>, and perhaps <c>expiry</c> and <c>announcement</c>.</param>
public sealed record PolicySubject(string Id, JsonElement Content)
{
    /// <summary>Whether it is to go at some instant. Who goes is no owner (<c>policies:policy.modificationinvalid</c>).</summary>
    public bool Expires => Content.TryGetProperty("expiry", out _);
}
