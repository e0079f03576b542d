namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>A user's schemas cannot be used; the message names the file and the place in it, and says what to do.</summary>
/// <param name="message">File, place and reason.</param>
/// <param name="inner">What went wrong, if it was something else's word.</param>
public sealed class SchemaFolderException(string message, Exception? inner = null) : Exception(message, inner);
