namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>One thing that a script does.</summary>
internal abstract record ShellStep
{
    private ShellStep()
    {
    }

    /// <summary>Whether it is left out when the step before failed (<c>&amp;&amp;</c>).</summary>
    public bool OnSuccess { get; init; }

    /// <summary><c>true</c>, <c>false</c>.</summary>
    public sealed record Status(int Code) : ShellStep;

    /// <summary><c>echo</c>, to <c>stdout</c> or, with <c>&gt;&amp;2</c>, to <c>stderr</c>.</summary>
    public sealed record Echo(string Line, string Stream = "stdout") : ShellStep;

    /// <summary><c>sleep</c>; also what never ends, such as <c>tail -f /dev/null</c>.</summary>
    public sealed record Sleep(TimeSpan Time) : ShellStep;

    /// <summary><c>tail /dev/zero</c>, which takes memory as fast as it can and never ends.</summary>
    public sealed record Grow : ShellStep;

    /// <summary><c>exit</c>, with the last status unless a code is given.</summary>
    public sealed record Exit(int? Code) : ShellStep;

    /// <summary><c>trap</c>.</summary>
    public sealed record Trap(IReadOnlyList<ShellStep> Action, IReadOnlyList<Signal> Signals) : ShellStep;

    /// <summary><c>while true; do …; done</c>.</summary>
    public sealed record Loop(IReadOnlyList<ShellStep> Body) : ShellStep;
}
