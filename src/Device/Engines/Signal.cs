using System.Globalization;

namespace Leda.Harness.Device.Engines;

/// <summary>What a process can be told, by Linux's number.</summary>
/// <param name="Number">1 to 64.</param>
public readonly record struct Signal(int Number)
{
    private const int Largest = 64;

    // In order of their numbers, from 1, as on x86 and ARM.
    private static readonly string[] _names =
    [
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
        "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU",
        "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    /// <summary>SIGKILL: end at once; cannot be refused.</summary>
    public static Signal Kill { get; } = new(9);

    /// <summary>SIGTERM: please end.</summary>
    public static Signal Terminate { get; } = new(15);

    /// <summary>Reads a name with its <c>SIG</c>, or a number (<c>kanto-container-management.md</c> 5.4).</summary>
    public static bool TryParse(string text, out Signal signal)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            number = Array.IndexOf(_names, text) + 1;
        signal = new Signal(number);
        return number is > 0 and <= Largest;
    }

    /// <summary>The name, or the number if it has none.</summary>
    public override string ToString() =>
        Number > 0 && Number <= _names.Length ? _names[Number - 1] : Number.ToString(CultureInfo.InvariantCulture);
}
