using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Leda.Harness.Device.Engines.Containerd.Protos;
using Leda.Harness.Device.Engines.Containerd.Protos.Diff;
using Leda.Harness.Device.Engines.Containerd.Protos.Snapshots;

namespace Leda.Harness.Device.Engines.Containerd.Images;

/// <summary>Makes snapshots of layers, one on top of the other, named as containerd's other clients name them.</summary>
internal sealed class Unpacker(ContainerdClient client)
{
    /// <summary>The digest of some bytes.</summary>
    public static string Digest(ReadOnlySpan<byte> content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    /// <summary>Unpacks what is not unpacked yet, and gives the topmost snapshot.</summary>
    /// <exception cref="EngineException">A layer is not what the image says.</exception>
    public async Task<string> UnpackAsync(
        IReadOnlyList<(OciDescriptor Layer, string Diff)> layers, Lease lease, CancellationToken cancellationToken)
    {
        var top = "";
        foreach (var (layer, diff) in layers)
        {
            var parent = top;
            top = parent.Length == 0 ? diff : Digest(Encoding.UTF8.GetBytes($"{parent} {diff}"));
            if (!await ExistsAsync(top, cancellationToken))
                await UnpackAsync(layer, diff, parent, top, lease, cancellationToken);
        }

        return top;
    }

    private async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.Snapshots.StatAsync(new StatSnapshotRequest { Snapshotter = client.Snapshotter, Key = name }, client.Call(cancellationToken));
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task UnpackAsync(OciDescriptor layer, string diff, string parent, string name, Lease lease, CancellationToken cancellationToken)
    {
        var key = $"extract-{lease.Id} {name}";
        await RemoveAsync(key);
        try
        {
            var prepared = await client.Snapshots.PrepareAsync(
                new PrepareSnapshotRequest { Snapshotter = client.Snapshotter, Key = key, Parent = parent }, client.Call(cancellationToken, lease));
            var request = new ApplyRequest { Diff = new Blob { MediaType = layer.MediaType, Digest = layer.Digest, Size = layer.Size }, Mounts = { prepared.Mounts } };
            var applied = (await client.Diff.ApplyAsync(request, client.LongCall(cancellationToken, lease))).Applied.Digest;
            if (applied != diff)
                throw new EngineException($"the layer {layer.Digest} unpacks to {applied}, but the image says {diff}");
            await client.Snapshots.CommitAsync(
                new CommitSnapshotRequest { Snapshotter = client.Snapshotter, Name = name, Key = key }, client.Call(cancellationToken, lease));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // Someone else unpacked the same layer meanwhile.
            await RemoveAsync(key);
        }
        catch
        {
            await RemoveAsync(key);
            throw;
        }
    }

    private async Task RemoveAsync(string key)
    {
        try
        {
            await client.Snapshots.RemoveAsync(new RemoveSnapshotRequest { Snapshotter = client.Snapshotter, Key = key }, client.Call(CancellationToken.None));
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // It is not there, or is collected with the lease.
        }
    }
}
