namespace Leda.Harness.Device.Updates;

/// <summary>What has to be done to a container so that it is as desired (<c>kanto-container-management.md</c> 3.5).</summary>
internal enum UpdateActionKind
{
    /// <summary>It is as desired; it only has to run.</summary>
    Check,

    /// <summary>There is none.</summary>
    Create,

    /// <summary>It differs in what cannot be changed: a new one takes its place.</summary>
    Recreate,

    /// <summary>It differs in limits or restart policy only, which can be changed while it runs.</summary>
    Update,

    /// <summary>It is not desired.</summary>
    Destroy,
}
