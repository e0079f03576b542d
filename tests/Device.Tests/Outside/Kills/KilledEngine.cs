namespace Leda.Harness.Device.Tests.Outside.Kills;

/// <summary>What a device that is killed runs its containers with; by default the simulation, whose processes end with it.</summary>
internal class KilledEngine
{
    /// <summary>What containers are made from.</summary>
    public virtual string Image => "a/b:1";

    /// <summary>How the device is told to use it.</summary>
    public virtual IReadOnlyList<string> Arguments => [];

    /// <summary>Whether processes outlive the device.</summary>
    public virtual bool KeepsProcesses => false;

    /// <summary>After how many messages at most a device at work is killed.</summary>
    public virtual int MostMessages => 60;

    /// <summary>How much later that may be.</summary>
    public virtual TimeSpan LongestDelay => TimeSpan.Zero;

    /// <summary>Waits until the engine has what is on disk and nothing else, or the device is gone.</summary>
    public virtual Task SameAsync(string data, Task gone, string life) => Task.CompletedTask;

    /// <summary>Takes away what is left when all is over.</summary>
    public virtual Task ClearAsync(string data) => Task.CompletedTask;
}
