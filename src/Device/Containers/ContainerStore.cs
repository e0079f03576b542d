using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// Containers on disk: <c>containers/&lt;id&gt;/config.json</c> below the data directory, as the original lays them out, so that each
/// reads what the other wrote (<c>kanto-container-management.md</c> 5.2). Each method touches only the files of one container, so that the
/// owner of that container may call it. A kill at any moment leaves the old container or the new one, and nothing half.
/// </summary>
/// <param name="directory">The data directory; <see langword="null"/> keeps nothing.</param>
/// <param name="log">Told about files that cannot be read.</param>
internal sealed class ContainerStore(string? directory, Action<string> log)
{
    private const string FileName = "config.json";

    // No id begins with a dot.
    private const string Removed = ".removed-";

    private string? Root => directory is null ? null : Path.Combine(directory, "containers");

    /// <summary>The container's own directory; <see langword="null"/> if nothing is kept. It is there from the first <see cref="Save"/> on.</summary>
    public string? HomeOf(string id) => Root is null ? null : Path.Combine(Root, id);

    public void Save(Container container)
    {
        if (HomeOf(container.Id) is not { } home)
            return;
        Directory.CreateDirectory(home);
        AtomicFile.Write(Path.Combine(home, FileName), ContainerDocument.Of(container).ToUtf8(indented: false));
    }

    public void Delete(string id)
    {
        if (HomeOf(id) is not { } home || !Directory.Exists(home))
            return;

        // Gone at once with all that is in it; what cannot be deleted now is deleted at the next start.
        var removed = Path.Combine(Root!, Removed + id);
        if (Directory.Exists(removed))
            Directory.Delete(removed, recursive: true);
        Directory.Move(home, removed);
        Directory.Delete(removed, recursive: true);
    }

    /// <summary>All containers, oldest first. What a kill left half done is cleared away; what cannot be read is left where it is and logged.</summary>
    public IReadOnlyList<Container> Load()
    {
        if (Root is null || !Directory.Exists(Root))
            return [];
        var containers = Directory.GetDirectories(Root).Select(Read).OfType<Container>();

        // Without its Z a time is before all times that go on with more digits.
        return [.. containers.OrderBy(c => c.CreatedAt.TrimEnd('Z'), StringComparer.Ordinal).ThenBy(c => c.Id, StringComparer.Ordinal)];
    }

    private Container? Read(string home)
    {
        var path = Path.Combine(home, FileName);
        try
        {
            File.Delete(path + AtomicFile.Unfinished);
            if (Path.GetFileName(home).StartsWith(Removed, StringComparison.Ordinal))
                Directory.Delete(home, recursive: true);
            else if (!Directory.EnumerateFileSystemEntries(home).Any())
                Directory.Delete(home);
            else if (!File.Exists(path))
                log($"{home} is no container, it has no {FileName}; remove it if nobody else needs it");
            else if (!ContainerDocument.TryParse(File.ReadAllBytes(path), out var document, out var problem))
                log($"{path} cannot be read and its container is not loaded: {problem}");
            else if (document.ContainerId != Path.GetFileName(home))
                log($"{path}: the container's id is not its directory's name; it is not loaded");
            else
                return Admit(document.ToContainer());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log($"{path} cannot be read and its container is not loaded: {e.Message}");
        }

        return null;
    }

    /// <summary>The container, unless its removal had begun (the original writes that down).</summary>
    private Container? Admit(Container container)
    {
        if (container.State.Status != ContainerState.Dead)
            return container.State.Status is "CREATING" or "UNKNOWN" ? container.With(ContainerState.Created) : container;
        Delete(container.Id);
        return null;
    }
}
