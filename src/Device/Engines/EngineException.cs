namespace Leda.Harness.Device.Engines;

/// <summary>An engine could not do what it was asked.</summary>
/// <param name="message">What failed, for people; it is shown as the container's <c>error</c>.</param>
public sealed class EngineException(string message) : Exception(message);
