namespace Leda.Harness.Cli;

/// <summary>What the exit code of the command means.</summary>
internal static class ExitCode
{
    /// <summary>Done; all scenarios and requirements passed, no message is wrong.</summary>
    public const int Passed = 0;

    /// <summary>A scenario or a requirement failed; a message is wrong; the cloud or the device refused, or does not know it.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int BadUsage = 2;

    /// <summary>The port is in use or not allowed.</summary>
    public const int PortUnavailable = 3;

    /// <summary>Nobody answers at the cloud's or the broker's address, or no device is there to be tried.</summary>
    public const int Unreachable = 4;

    /// <summary>No scenario was found or none is left by the tags; there was no message to check.</summary>
    public const int NothingRan = 5;

    /// <summary>Ctrl+C ended it before its time, as shells count it.</summary>
    public const int Interrupted = 130;
}
