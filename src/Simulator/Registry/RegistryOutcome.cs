namespace Leda.Harness.Simulator.Registry;

/// <summary>What came of a change of the registry.</summary>
/// <param name="Status">201 created, 204 changed or deleted, 4xx refused.</param>
/// <param name="Id">The id of what was created; otherwise <see langword="null"/>.</param>
/// <param name="Version">The version of what is there now; <see langword="null"/> if nothing is, or if it was refused.</param>
/// <param name="Problem">Why it was refused and what to do about it; otherwise <see langword="null"/>.</param>
public sealed record RegistryOutcome(int Status, string? Id = null, string? Version = null, string? Problem = null)
{
    internal static RegistryOutcome Invalid(string problem) => new(400, Problem: problem);

    internal static RegistryOutcome Forbidden(string problem) => new(403, Problem: problem);

    internal static RegistryOutcome Conflict(string problem) => new(409, Problem: problem);

    internal static RegistryOutcome NoTenant(string tenant) =>
        new(404, Problem: $"There is no tenant '{tenant}'. Create it with POST /v1/tenants/{tenant}.");

    internal static RegistryOutcome NoDevice(string tenant, string device) =>
        new(404, Problem: $"The tenant '{tenant}' has no device '{device}'. Create it with POST /v1/devices/{tenant}/{device}.");

    internal static RegistryOutcome OtherVersion(string version) =>
        new(412, Problem: $"The resource is at version '{version}' by now. Read it again, then repeat the change with that version.");
}
