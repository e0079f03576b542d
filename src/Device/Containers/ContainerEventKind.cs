namespace Leda.Harness.Device.Containers;

/// <summary>What happened to a container.</summary>
internal enum ContainerEventKind
{
    /// <summary>It was found on disk when the device started, and is what it is now. Nothing is published for this.</summary>
    Restored,

    /// <summary>It was created.</summary>
    Created,

    /// <summary>Its process was started.</summary>
    Running,

    /// <summary>It was stopped, or could not be started.</summary>
    Stopped,

    /// <summary>Its process ended by itself.</summary>
    Exited,

    /// <summary>Its process was frozen.</summary>
    Paused,

    /// <summary>Its frozen process goes on.</summary>
    Resumed,

    /// <summary>It has another name.</summary>
    Renamed,

    /// <summary>It has another restart policy or other limits.</summary>
    Updated,

    /// <summary>It is gone.</summary>
    Removed,
}
