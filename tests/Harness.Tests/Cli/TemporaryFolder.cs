namespace Leda.Harness.Tests.Cli;

/// <summary>A folder that goes when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("leda-harness-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
