namespace Leda.Harness.Protocol.Updates;

/// <summary>What an update agent is to do next with a desired state that it has identified (<c>kanto-container-management.md</c> 3.5).</summary>
public sealed record DesiredStateCommand
{
    /// <summary>Get ready what is new.</summary>
    public const string Download = "DOWNLOAD";

    /// <summary>Take the old out of the way.</summary>
    public const string Update = "UPDATE";

    /// <summary>Let the new run.</summary>
    public const string Activate = "ACTIVATE";

    /// <summary>Bring the old back.</summary>
    public const string Rollback = "ROLLBACK";

    /// <summary>Remove what is left over, and come to an end.</summary>
    public const string Cleanup = "CLEANUP";

    /// <summary>One of the constants of this type.</summary>
    public string? Command { get; init; }

    /// <summary>For which baseline; <c>*</c> or nothing for everything.</summary>
    public string? Baseline { get; init; }
}
