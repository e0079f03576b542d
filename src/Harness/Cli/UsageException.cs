namespace Leda.Harness.Cli;

/// <summary>The user asked for something that cannot be; the message says what is wrong and what is possible.</summary>
internal sealed class UsageException(string message) : Exception(message);
