using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>How a process is brought to its end (<c>kanto-container-management.md</c> 5.7).</summary>
/// <param name="Signal">What it is told first.</param>
/// <param name="Patience">How long it may take, for each signal.</param>
/// <param name="Force">Whether SIGKILL follows.</param>
internal sealed record StopPlan(Signal Signal, TimeSpan Patience, bool Force)
{
    /// <summary>SIGTERM, half a minute (the original's <c>default_ctrs_stop_timeout</c>), and never by force.</summary>
    public static StopPlan Default { get; } = new(Signal.Terminate, TimeSpan.FromSeconds(30), Force: false);

    // Timers of .NET end at seven weeks.
    private static readonly TimeSpan _mostPatience = TimeSpan.FromDays(40);

    /// <summary>The same, by force at last.</summary>
    public static StopPlan ByForce { get; } = Default with { Force = true };

    /// <summary>The plan that the arguments of <c>stopWithOptions</c> describe.</summary>
    /// <exception cref="ContainerException">There is no such signal, or the time is negative.</exception>
    public static StopPlan Of(StopArguments? arguments)
    {
        if (arguments is null)
            return Default;
        if (arguments.Timeout is < 0 or > int.MaxValue)
            throw new ContainerException($"the timeout must be from 0 to {int.MaxValue} seconds, not {arguments.Timeout}");
        var signal = Signal.Terminate;
        if (!string.IsNullOrEmpty(arguments.Signal) && !Signal.TryParse(arguments.Signal, out signal))
            throw new ContainerException($"invalid signal = {arguments.Signal}");
        var patience = arguments.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : Default.Patience;
        return new StopPlan(signal, patience < _mostPatience ? patience : _mostPatience, arguments.Force);
    }
}
