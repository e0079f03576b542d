namespace Leda.Harness.Device.Containers;

/// <summary>Files that are either the old or the new one, whenever the power fails: written beside, flushed, renamed.</summary>
internal static class AtomicFile
{
    /// <summary>What the name of the file ends with until it is whole.</summary>
    public const string Unfinished = ".tmp";

    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var beside = path + Unfinished;
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
