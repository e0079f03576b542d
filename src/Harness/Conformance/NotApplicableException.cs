namespace Leda.Harness.Conformance;

/// <summary>A requirement cannot be judged here; the message says why.</summary>
internal sealed class NotApplicableException(string reason) : Exception(reason);
