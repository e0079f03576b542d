namespace Leda.Harness.Conformance;

/// <summary>Something that is done with a device, once, however many requirements look at it.</summary>
/// <param name="Name">What to know it by.</param>
/// <param name="Play">Does it.</param>
internal sealed record Act<T>(string Name, Func<DeviceUnderTest, Task<T>> Play)
    where T : Scene
{
    /// <summary>Whether what was said before it began belongs to it.</summary>
    public bool IsFirst { get; init; }
}
