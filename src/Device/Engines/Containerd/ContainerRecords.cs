using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines.Containerd.Images;
using Leda.Harness.Device.Engines.Containerd.Protos;
using Leda.Harness.Device.Engines.Containerd.Protos.Containers;
using Leda.Harness.Device.Engines.Containerd.Protos.Snapshots;
using Leda.Harness.Device.Engines.Containerd.Runtime;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>What containerd keeps for containers that need not run: a record and a file system of its own for each.</summary>
/// <param name="client">containerd.</param>
/// <param name="images">Has the images.</param>
/// <param name="owner">The device, as the containers' label says it.</param>
/// <param name="time">The clock.</param>
internal sealed class ContainerRecords(ContainerdClient client, ImageStore images, string owner, TimeProvider time)
{
    /// <summary>Tells which device something in containerd belongs to.</summary>
    public const string OwnerLabel = "leda-harness.device";

    private const string ImageExtension = "leda-harness.image-config";
    private const string ImageType = "application/vnd.oci.image.config.v1+json";

    /// <summary>The ids of this device's containers.</summary>
    public async Task<IReadOnlyCollection<string>> ListAsync(CancellationToken cancellationToken)
    {
        var all = await client.Containers.ListAsync(new ListContainersRequest(), client.Call(cancellationToken));
        return [.. all.Containers.Where(IsOwn).Select(c => c.Id)];
    }

    /// <summary>A container of whatever device.</summary>
    public async Task<ContainerRecord?> FindAsync(string id, CancellationToken cancellationToken) => await ContainerdClient.OrNothingAsync(async () =>
        (await client.Containers.GetAsync(new GetContainerRequest { Id = id }, client.Call(cancellationToken))).Container);

    /// <summary>A container of this device.</summary>
    public async Task<ContainerRecord?> FindOwnAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } record && IsOwn(record) ? record : null;

    /// <summary>What a container's file system is mounted from.</summary>
    public async Task<IReadOnlyList<Mount>?> MountsAsync(string id, CancellationToken cancellationToken) => await ContainerdClient.OrNothingAsync(async () =>
        (await client.Snapshots.MountsAsync(new MountsRequest { Snapshotter = client.Snapshotter, Key = id }, client.Call(cancellationToken))).Mounts);

    /// <summary>Has the image, gives the container files of its own, and records it; all or nothing.</summary>
    public async Task<ContainerRecord> MakeAsync(Container container, CancellationToken cancellationToken)
    {
        await using var lease = await Lease.TakeAsync(client, $"leda-harness-{container.Id}", owner, time, cancellationToken);
        var image = await images.EnsureAsync(container.ImageRef, lease, cancellationToken);
        await RemoveSnapshotAsync(container.Id); // of a device that was killed
        await client.Snapshots.PrepareAsync(
            new PrepareSnapshotRequest { Snapshotter = client.Snapshotter, Key = container.Id, Parent = image.Top }, client.Call(cancellationToken, lease));
        var record = new ContainerRecord
        {
            Id = container.Id,
            Labels = { [OwnerLabel] = owner },
            Image = container.ImageRef,
            Runtime = new() { Name = container.Internals.Runtime },
            Spec = new Any { TypeUrl = RuntimeSpec.TypeUrl, Value = ByteString.CopyFromUtf8("{}") },
            Snapshotter = client.Snapshotter,
            SnapshotKey = container.Id,
            Extensions = { [ImageExtension] = new Any { TypeUrl = ImageType, Value = ByteString.CopyFrom(image.Config) } },
        };
        await client.Containers.CreateAsync(new CreateContainerRequest { Container = record }, client.Call(cancellationToken));
        return record;
    }

    /// <summary>The specification is made for each start: limits, host names and the machine's devices may have changed since the last one.</summary>
    public async Task DescribeAsync(
        Container container, ContainerRecord record, IReadOnlyList<Mount> root, NetworkFiles network, CancellationToken cancellationToken)
    {
        var image = record.Extensions.TryGetValue(ImageExtension, out var config)
            ? JsonSerializer.Deserialize(config.Value.Span, OciJson.Default.OciImageConfig)?.Config
            : null;
        var spec = SpecBuilder.Build(container, image, root, network, $"/{client.Namespace}/{container.Id}");
        var json = JsonSerializer.SerializeToUtf8Bytes(spec, SpecJson.Default.RuntimeSpec);
        var update = new ContainerRecord { Id = container.Id, Spec = new Any { TypeUrl = RuntimeSpec.TypeUrl, Value = ByteString.CopyFrom(json) } };
        await client.Containers.UpdateAsync(
            new UpdateContainerRequest { Container = update, UpdateMask = new FieldMask { Paths = { "spec" } } }, client.Call(cancellationToken));
    }

    /// <summary>Forgets a container and its files; the record last, for without it nobody knows that there is something to forget.</summary>
    public async Task ForgetAsync(string id)
    {
        await RemoveSnapshotAsync(id);
        await ContainerdClient.OrNothingAsync(async () => await client.Containers.DeleteAsync(new DeleteContainerRequest { Id = id }, client.Call(CancellationToken.None)));
    }

    /// <summary>Lets containerd collect what was half made when the device was killed.</summary>
    public Task EndLeasesAsync(CancellationToken cancellationToken) => Lease.EndAllAsync(client, owner, cancellationToken);

    private Task RemoveSnapshotAsync(string id) => ContainerdClient.OrNothingAsync(async () => await client.Snapshots.RemoveAsync(
        new RemoveSnapshotRequest { Snapshotter = client.Snapshotter, Key = id }, client.Call(CancellationToken.None)));

    private bool IsOwn(ContainerRecord record) => record.Labels.TryGetValue(OwnerLabel, out var label) && label == owner;
}
