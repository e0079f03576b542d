namespace Leda.Harness.Device.Containers;

/// <summary>
/// A container cannot do what it was told: a wrong state, an invalid configuration, a failed start. The message is the answer to whoever
/// told it (status 500, <c>messages:execution.failed</c>), in the original's words where they are known.
/// </summary>
internal sealed class ContainerException(string message) : Exception(message)
{
    /// <summary>Why nothing new is begun any more.</summary>
    public const string Stopping = "the device is stopping";
}
