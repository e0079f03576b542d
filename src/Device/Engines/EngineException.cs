namespace Leda.Harness.Device.Engines;

/// <summary>An engine could not do what it was asked.</summary>
/// <param name="message">What failed, for people; it is shown as the container's <c>error</c>.</param>
public sealed class EngineException(string message) : Exception(message)
{
    /// <summary>Whether a container could not be started for want of its network. The original then tells whoever asked, but nobody else
    /// (<c>kanto-container-management.md</c> 4): the container is as it was.</summary>
    public bool IsOfNetwork { get; init; }
}
