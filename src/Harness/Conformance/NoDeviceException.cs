namespace Leda.Harness.Conformance;

/// <summary>Nobody is there to be tried; the message says what to do.</summary>
internal sealed class NoDeviceException(string problem) : Exception(problem);
