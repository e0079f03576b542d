namespace Leda.Harness.Device.Containers;

/// <summary>Keeps a second device out of a data directory, in this process and in others. A killed process leaves nothing that would keep the next one out.</summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream? _file;

    /// <summary>Takes the directory, which is created when missing.</summary>
    /// <param name="directory">The directory; <see langword="null"/> if nothing is kept.</param>
    /// <exception cref="IOException">Another device uses it, or it cannot be written.</exception>
    public DataLock(string? directory)
    {
        if (directory is null)
            return;
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, ".lock");
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"The directory '{directory}' is in use by another device; give each its own.", e);
        }
    }

    public void Dispose() => _file?.Dispose();
}
