using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Agent;

/// <summary>
/// Remembers which container features the cloud was told of, so that those of containers that went away meanwhile can be deleted
/// (<c>kanto-container-management.md</c> 3.6): per thing one file <c>sup_back_&lt;thing id, ':' as '_'&gt;.json</c>,
/// <c>{"&lt;container id&gt;":"Container:&lt;container id&gt;"}</c>. It may list one too many, but never one too few.
/// </summary>
/// <param name="directory">The data directory; <see langword="null"/> remembers until the device ends.</param>
/// <param name="log">Told about files that cannot be read or written.</param>
internal sealed class FeatureLedger(string? directory, Action<string> log)
{
    private readonly Dictionary<ThingId, SortedSet<string>> _known = [];

    /// <summary>The containers whose features the cloud knows.</summary>
    public IReadOnlyCollection<string> Of(ThingId thing) => Known(thing);

    /// <summary>The cloud knows of exactly these. With none the original writes <c>null</c>.</summary>
    public void Reset(ThingId thing, IEnumerable<string> containers)
    {
        _known[thing] = new SortedSet<string>(containers, StringComparer.Ordinal);
        Save(thing, _known[thing].Count == 0 ? "null"u8.ToArray() : Text(_known[thing]));
    }

    /// <summary>The cloud is going to be told of these too.</summary>
    public void Add(ThingId thing, params IEnumerable<string> containers)
    {
        var known = Known(thing);
        var before = known.Count;
        known.UnionWith(containers);
        if (known.Count > before)
            Save(thing, Text(known));
    }

    /// <summary>The cloud was told that this one is gone.</summary>
    public void Remove(ThingId thing, string container)
    {
        if (Known(thing).Remove(container))
            Save(thing, Text(_known[thing]));
    }

    private SortedSet<string> Known(ThingId thing)
    {
        if (!_known.TryGetValue(thing, out var known))
            _known[thing] = known = Load(thing);
        return known;
    }

    private string? PathOf(string thing) => directory is null ? null : Path.Combine(directory, $"sup_back_{thing}.json");

    private string? PathOf(ThingId thing) => PathOf(thing.ToString().Replace(':', '_'));

    /// <summary>The name that earlier versions of the original gave the file: only the first colon is replaced.</summary>
    private string? OldPathOf(ThingId thing) => PathOf($"{thing.Namespace}_{thing.Name}");

    private SortedSet<string> Load(ThingId thing)
    {
        var known = new SortedSet<string>(StringComparer.Ordinal);
        if (PathOf(thing) is not { } path)
            return known;
        try
        {
            if (!File.Exists(path) && File.Exists(OldPathOf(thing)))
                File.Move(OldPathOf(thing)!, path);
            if (!File.Exists(path))
                return known;
            if (JsonText.TryParse(File.ReadAllBytes(path), out var json, out var problem) && json.ValueKind == JsonValueKind.Object)
                known.UnionWith(json.EnumerateObject().Select(m => m.Name));
            else if (json.ValueKind != JsonValueKind.Null)
                log($"{path} is ignored, features of containers that are gone may stay in the cloud: {problem ?? "it is no JSON object"}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log($"{path} cannot be read, features of containers that are gone may stay in the cloud: {e.Message}");
        }

        return known;
    }

    private void Save(ThingId thing, byte[] text)
    {
        if (PathOf(thing) is not { } path)
            return;
        try
        {
            Directory.CreateDirectory(directory!);
            AtomicFile.Write(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log($"{path} cannot be written, features of containers that are gone may stay in the cloud after a restart: {e.Message}");
        }
    }

    private static byte[] Text(SortedSet<string> containers) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var container in containers)
            writer.WriteString(container, ContainerFeature.Id(container));
        writer.WriteEndObject();
    });
}
