using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Containers;

/// <summary>Keeps nothing of what a container writes.</summary>
internal sealed class NoLog : IContainerLog
{
    /// <summary>The only one.</summary>
    public static NoLog Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(string stream, ReadOnlySpan<byte> line)
    {
        // Nothing is kept.
    }
}
