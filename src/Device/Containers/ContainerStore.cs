using Leda.Harness.Device.Containers.Documents;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// Containers on disk: <c>containers/&lt;id&gt;/config.json</c> below the data directory, as the original lays them out, so that each
/// reads what the other wrote (<c>kanto-container-management.md</c> 5.2). Each method touches only the files of one container, so that the owner of that container may call it.
/// </summary>
/// <param name="directory">The data directory; <see langword="null"/> keeps nothing.</param>
/// <param name="log">Told about files that cannot be read.</param>
internal sealed class ContainerStore(string? directory, Action<string> log)
{
    private const string FileName = "config.json";

    private string? Root => directory is null ? null : Path.Combine(directory, "containers");

    public void Save(Container container)
    {
        if (Root is null)
            return;
        var home = Directory.CreateDirectory(Path.Combine(Root, container.Id));
        AtomicFile.Write(Path.Combine(home.FullName, FileName), ContainerDocument.Of(container).ToUtf8(indented: false));
    }

    public void Delete(string id)
    {
        if (Root is null || !Directory.Exists(Path.Combine(Root, id)))
            return;

        // The file goes first: a directory without one is no container, should the power fail in between.
        File.Delete(Path.Combine(Root, id, FileName));
        Directory.Delete(Path.Combine(Root, id), recursive: true);
    }

    /// <summary>All containers, oldest first. What cannot be read is left where it is and logged.</summary>
    public IReadOnlyList<Container> Load()
    {
        if (Root is null || !Directory.Exists(Root))
            return [];
        return [.. Directory.EnumerateDirectories(Root).Select(Read).OfType<Container>()
            .OrderBy(c => c.CreatedAt, StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal)];
    }

    private Container? Read(string home)
    {
        var path = Path.Combine(home, FileName);
        try
        {
            // No file: the device was killed before the first version was complete.
            if (!File.Exists(path))
                return null;
            if (!ContainerDocument.TryParse(File.ReadAllBytes(path), out var document, out var problem))
                log($"{path} cannot be read and its container is not loaded: {problem}");
            else if (document.ContainerId != Path.GetFileName(home))
                log($"{path}: the container's id is not its directory's name; it is not loaded");
            else
                return document.ToContainer();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log($"{path} cannot be read and its container is not loaded: {e.Message}");
        }

        return null;
    }
}
