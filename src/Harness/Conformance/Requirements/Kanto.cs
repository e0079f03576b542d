namespace Leda.Harness.Conformance.Requirements;

/// <summary>Where the requirements are written.</summary>
internal static class Kanto
{
    /// <summary>A section of the reference.</summary>
    public static string Section(string number) => $"kanto-container-management.md {number}";
}
