using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;

namespace Leda.Harness.Device.Tests.Outside.Kills;

/// <summary>What is on disk, read without the device's own loading, which clears up.</summary>
internal sealed class Disk(string data)
{
    /// <summary>The containers by name; fails on a file that is not whole.</summary>
    public Dictionary<string, Container> Containers()
    {
        var containers = new Dictionary<string, Container>(StringComparer.Ordinal);
        foreach (var file in Homes().Select(home => Path.Combine(home, "config.json")).Where(File.Exists))
        {
            var text = File.ReadAllBytes(file);
            Assert.True(ContainerDocument.TryParse(text, out var document, out var problem), $"{file}: {problem}");
            Assert.Equal(Path.GetFileName(Path.GetDirectoryName(file)), document.ContainerId);
            Assert.True(containers.TryAdd(document.ContainerName!, document.ToContainer()), $"{document.ContainerName} is there twice");
        }

        return containers;
    }

    /// <summary>The directories of containers, those that are being removed left out.</summary>
    public IEnumerable<string> Homes() =>
        Directory.Exists(Root) ? Directory.EnumerateDirectories(Root).Where(home => !Path.GetFileName(home).StartsWith('.')) : [];

    /// <summary>Every file and directory that a device may leave half done when it is killed, and has to clear away when it starts.</summary>
    public IEnumerable<string> Leftovers() => !Directory.Exists(Root) ? [] :
        Directory.EnumerateDirectories(Root, ".*")
            .Concat(Directory.EnumerateFiles(Root, "*.tmp", SearchOption.AllDirectories))
            .Concat(Homes().Where(home => !File.Exists(Path.Combine(home, "config.json"))));

    private string Root => Path.Combine(data, "containers");
}
