namespace Leda.Harness.Device.Engines;

/// <summary>Takes what a container's process writes, line by line.</summary>
public interface IContainerLog
{
    /// <summary>Takes one line with its line feed, or a last one without. It never fails and never waits for long.</summary>
    /// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="line">UTF-8, as it was written.</param>
    void Write(string stream, ReadOnlySpan<byte> line);
}
