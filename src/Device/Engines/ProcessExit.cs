namespace Leda.Harness.Device.Engines;

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code; 128 and the signal's number if a signal ended it.</param>
/// <param name="OomKilled">Whether it was killed because it used more memory than it may.</param>
/// <param name="Error">What else is to be told, for people.</param>
public sealed record ProcessExit(int Code, bool OomKilled = false, string? Error = null);
