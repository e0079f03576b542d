using System.Text.Json;
using Grpc.Core;
using Leda.Harness.Device.Engines.Containerd.Protos;
using Leda.Harness.Device.Engines.Containerd.Protos.Images;

namespace Leda.Harness.Device.Engines.Containerd.Images;

/// <summary>Has images ready: pulls those that are not here, and unpacks those that are not unpacked.</summary>
internal sealed class ImageStore(ContainerdClient client, HttpClient http, TimeProvider time, Action<string> log)
{
    private const string RefersTo = "containerd.io/gc.ref.content.";

    private readonly BlobStore _blobs = new(client, time);
    private readonly Unpacker _unpacker = new(client);

    /// <summary>The image, pulled unless it is here, unpacked unless it is.</summary>
    /// <exception cref="EngineException">It cannot be had.</exception>
    public async Task<LocalImage> EnsureAsync(string name, Lease lease, CancellationToken cancellationToken)
    {
        var target = await FindAsync(name, cancellationToken);
        var manifest = target is null ? null : await ReadAsync(target.Digest, cancellationToken);
        if (manifest is null)
        {
            (target, manifest) = await PullAsync(ImageReference.Parse(name), lease, cancellationToken);
            var image = await UnpackAsync(name, manifest, lease, cancellationToken);
            await RecordAsync(new Image { Name = name, Target = target }, cancellationToken);
            return image;
        }

        return await UnpackAsync(name, manifest, lease, cancellationToken);
    }

    private async Task<Blob?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.Images.GetAsync(new GetImageRequest { Name = name }, client.Call(cancellationToken))).Image.Target;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>This machine's manifest below a digest; <see langword="null"/> if not all of the image is here.</summary>
    private async Task<OciManifest?> ReadAsync(string digest, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = Parse(await _blobs.ReadAsync(digest, cancellationToken));
            if (manifest.Manifests is { } variants)
                manifest = Machine.Choose(variants) is { } variant ? Parse(await _blobs.ReadAsync(variant.Digest, cancellationToken)) : null;
            if (manifest is null)
                return null;
            foreach (var blob in Blobs(manifest))
            {
                if (!await _blobs.ExistsAsync(blob.Digest, cancellationToken))
                    return null;
            }

            return manifest;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<(Blob Target, OciManifest Manifest)> PullAsync(ImageReference reference, Lease lease, CancellationToken cancellationToken)
    {
        log($"pulling {reference}");
        var registry = new Registry(http, reference);
        var (type, content) = await registry.GetManifestAsync(reference.Version, cancellationToken);
        var top = Describe(type, content);
        if (reference.Version.StartsWith("sha256:", StringComparison.Ordinal) && reference.Version != top.Digest)
            throw Fail(reference, $"the registry's manifest has the digest {top.Digest}");
        var manifest = Parse(content);
        if (manifest.Manifests is { } variants)
        {
            var variant = Machine.Choose(variants) ?? throw Fail(reference, $"no match for platform in manifest: linux/{Machine.Architecture}");
            (_, var inner) = await registry.GetManifestAsync(variant.Digest, cancellationToken);
            manifest = Parse(inner);
            await FetchAsync(reference, registry, manifest, lease, cancellationToken);
            await StoreAsync(variant, inner, Blobs(manifest), lease, cancellationToken);
            await StoreAsync(top, content, [variant], lease, cancellationToken);
        }
        else
        {
            await FetchAsync(reference, registry, manifest, lease, cancellationToken);
            await StoreAsync(top, content, Blobs(manifest), lease, cancellationToken);
        }

        return (new Blob { MediaType = top.MediaType, Digest = top.Digest, Size = top.Size }, manifest);
    }

    private async Task FetchAsync(ImageReference reference, Registry registry, OciManifest manifest, Lease lease, CancellationToken cancellationToken)
    {
        foreach (var blob in Blobs(manifest))
        {
            if (await _blobs.ExistsAsync(blob.Digest, cancellationToken))
                continue;
            using var response = await registry.GetBlobAsync(blob.Digest, cancellationToken);
            try
            {
                await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                await _blobs.WriteAsync(blob, stream, lease, cancellationToken);
            }
            catch (Exception e) when (e is IOException or HttpRequestException or RpcException)
            {
                throw Fail(reference, $"failed to copy {blob.Digest}: {(e is RpcException rpc ? client.Explain(rpc).Message : e.Message)}");
            }
        }
    }

    private async Task StoreAsync(
        OciDescriptor blob, byte[] content, IEnumerable<OciDescriptor> refersTo, Lease lease, CancellationToken cancellationToken)
    {
        await _blobs.WriteAsync(blob with { Size = content.Length }, new MemoryStream(content), lease, cancellationToken);
        var labels = refersTo.Select((child, i) => KeyValuePair.Create($"{RefersTo}{i}", child.Digest)).ToDictionary();
        await _blobs.LabelAsync(blob.Digest, labels, cancellationToken);
    }

    private async Task<LocalImage> UnpackAsync(string name, OciManifest manifest, Lease lease, CancellationToken cancellationToken)
    {
        var text = await _blobs.ReadAsync(manifest.Config!.Digest, cancellationToken);
        var layers = manifest.Layers ?? [];
        var diffs = JsonSerializer.Deserialize(text, OciJson.Default.OciImageConfig)?.Root?.DiffIds ?? [];
        if (layers.Count == 0 || layers.Count != diffs.Count)
            throw new EngineException($"the image \"{name}\" is broken: it has {layers.Count} layers and describes {diffs.Count}");
        if (layers.Any(layer => layer.MediaType.EndsWith("+encrypted", StringComparison.Ordinal)))
            throw new EngineException($"the image \"{name}\" is encrypted; this device cannot decrypt images");
        var top = await _unpacker.UnpackAsync([.. layers.Zip(diffs)], lease, cancellationToken);
        await _blobs.LabelAsync(
            manifest.Config.Digest,
            new Dictionary<string, string>(StringComparer.Ordinal) { [$"containerd.io/gc.ref.snapshot.{client.Snapshotter}"] = top },
            cancellationToken);
        return new LocalImage(top, text);
    }

    private async Task RecordAsync(Image image, CancellationToken cancellationToken)
    {
        try
        {
            await client.Images.CreateAsync(new CreateImageRequest { Image = image }, client.Call(cancellationToken));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            await client.Images.UpdateAsync(new UpdateImageRequest { Image = image }, client.Call(cancellationToken));
        }
    }

    private static IEnumerable<OciDescriptor> Blobs(OciManifest manifest) => [manifest.Config!, .. manifest.Layers ?? []];

    private static OciManifest Parse(byte[] content)
    {
        var manifest = JsonSerializer.Deserialize(content, OciJson.Default.OciManifest);
        return manifest?.Config is not null || manifest?.Manifests is not null
            ? manifest
            : throw new EngineException("the image's manifest has neither a configuration nor variants");
    }

    private static OciDescriptor Describe(string type, byte[] content) => new()
    {
        MediaType = type,
        Digest = Unpacker.Digest(content),
        Size = content.Length,
    };

    private static EngineException Fail(ImageReference reference, string why) => new($"failed to resolve reference \"{reference}\": {why}");
}
