namespace Leda.Harness.Simulator.Api;

/// <summary>The HTTP address cannot be listened on; the message says which and why.</summary>
public sealed class ApiAddressException(string message, Exception? cause = null) : Exception(message, cause);
