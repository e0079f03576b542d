namespace Leda.Harness.Cli.Twins;

/// <summary>The cloud refuses, or cannot be reached; the message says what to do.</summary>
internal sealed class CloudException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode => exitCode;
}
