namespace Leda.Harness.Device.Control.Verbs;

/// <summary>A verb cannot do what it was told. The message is what follows <c>Error: </c>, in the original's words where they are known.</summary>
internal sealed class VerbException(string message) : Exception(message);
