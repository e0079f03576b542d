namespace Leda.Harness.Device.Engines;

/// <summary>What a process can be told. The values are Linux's.</summary>
public enum Signal
{
    /// <summary>SIGKILL: end at once.</summary>
    Kill = 9,

    /// <summary>SIGTERM: please end.</summary>
    Terminate = 15,
}
