namespace Leda.Harness.Simulator.Storage;

/// <summary>The cloud's database cannot be opened, read or written; the message names the file and says what to do.</summary>
public sealed class StorageException(string message, Exception? cause = null) : IOException(message, cause);
