using Leda.Harness.Protocol;

namespace Leda.Harness.Cli;

/// <summary>Files that the user wants written.</summary>
internal static class OutputFile
{
    /// <summary>Begins a file.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">Its path; <see langword="null"/> if the user wants none.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static FileStream? Create(string option, string? path)
    {
        try
        {
            if (path is null)
                return null;
            var file = File.Create(path);
            return file.CanSeek ? file : throw new UsageException($"{option}: '{PlainText.Of(path)}' must be a file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }
}
