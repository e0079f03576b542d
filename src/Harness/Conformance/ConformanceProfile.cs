namespace Leda.Harness.Conformance;

/// <summary>What kind of device it is, and what is required of it.</summary>
internal abstract class ConformanceProfile
{
    /// <summary>All profiles by their names.</summary>
    public static IReadOnlyDictionary<string, ConformanceProfile> All { get; } =
        new ConformanceProfile[] { new KantoContainers() }.ToDictionary(p => p.Name);

    /// <summary>What users call it.</summary>
    public abstract string Name { get; }

    /// <summary>What is required, in the order of playing.</summary>
    public abstract IReadOnlyList<Requirement> Requirements { get; }

    /// <summary>Waits until the device is there.</summary>
    /// <exception cref="NoDeviceException">It does not come.</exception>
    public abstract Task AttachAsync(DeviceUnderTest device);
}
