namespace Leda.Harness.Protocol.Updates;

/// <summary>How far one action is, where its words are not those of <see cref="UpdateStatus"/> (<c>payloads.md</c> c.2).</summary>
public static class UpdateActionStatus
{
    /// <summary>It is known, and nothing is done yet.</summary>
    public const string Identified = UpdateStatus.Identified;

    /// <summary>The component is gone for good.</summary>
    public const string RemovalSuccess = "REMOVAL_SUCCESS";

    /// <summary>The component could not be removed.</summary>
    public const string RemovalFailure = "REMOVAL_FAILURE";
}
