namespace Leda.Harness.Device.Artifacts;

/// <summary>A file could not be fetched.</summary>
/// <param name="message">What failed, for people; it is the message of the failed operation.</param>
public sealed class ArtifactException(string message) : Exception(message);
