using Grpc.Core;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines.Containerd.Protos.Leases;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>Keeps containerd from collecting what is half made. What nothing refers to when it ends is collected then.</summary>
internal sealed class Lease : IAsyncDisposable
{
    /// <summary>Should the device be killed, containerd ends the lease after this long, as its own client has it.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromHours(24);

    private readonly ContainerdClient _client;

    private Lease(ContainerdClient client, string id)
    {
        _client = client;
        Id = id;
    }

    public string Id { get; }

    public static async Task<Lease> TakeAsync(ContainerdClient client, string id, string owner, TimeProvider time, CancellationToken cancellationToken)
    {
        var lease = new Lease(client, id);
        await lease.EndAsync(); // of a device that was killed
        var labels = new Dictionary<string, string> { ["containerd.io/gc.expire"] = Rfc3339.Format(time.GetUtcNow() + _longest), [ContainerRecords.OwnerLabel] = owner };
        await client.Leases.CreateAsync(new CreateRequest { Id = id, Labels = { labels } }, client.Call(cancellationToken));
        return lease;
    }

    /// <summary>Ends what this device had taken when it was killed.</summary>
    public static async Task EndAllAsync(ContainerdClient client, string owner, CancellationToken cancellationToken)
    {
        var all = await client.Leases.ListAsync(new ListRequest(), client.Call(cancellationToken));
        foreach (var left in all.Leases.Where(l => l.Labels.TryGetValue(ContainerRecords.OwnerLabel, out var label) && label == owner))
            await new Lease(client, left.Id).EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await EndAsync();
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // It ends by itself.
        }
    }

    private async Task EndAsync()
    {
        try
        {
            await _client.Leases.DeleteAsync(new DeleteRequest { Id = Id, Sync = true }, _client.Call(CancellationToken.None));
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            // There is none.
        }
    }
}
