using Grpc.Core;
using Leda.Harness.Device.Engines.Containerd.Protos.Tasks;
using TaskStatus = Leda.Harness.Device.Engines.Containerd.Protos.Tasks.Status;

namespace Leda.Harness.Device.Engines.Containerd;

/// <summary>What is left of containers' earlier runs.</summary>
internal sealed class EarlierRuns(ContainerdClient client, Action<string> log)
{
    private readonly Remains _remains = new(client.Namespace, log);

    /// <summary>The process of an earlier run, if containerd has one.</summary>
    public async Task<Process?> FindAsync(string id, CancellationToken cancellationToken) => await ContainerdClient.OrNothingAsync(async () =>
        (await client.Tasks.GetAsync(new GetRequest { ContainerId = id }, client.Call(cancellationToken))).Process);

    /// <summary>Ends and deletes what is left of an earlier run.</summary>
    public async Task EndAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } task)
        {
            await DeleteHiddenAsync(id, cancellationToken);
            await _remains.EndAsync(id, cancellationToken);
            return;
        }

        try
        {
            await EndAsync(id, task, cancellationToken);
        }
        catch (RpcException)
        {
            // Whoever watched its process may have deleted the task at the same time; containerd then loses its connection to the shim.
            if (await FindAsync(id, cancellationToken) is not null)
                throw;
        }
    }

    /// <summary>A task whose process never came to be, for the device was killed meanwhile: containerd shows it to nobody, but bars another one
    /// until it is deleted.</summary>
    private async Task DeleteHiddenAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.Tasks.DeleteAsync(new DeleteTaskRequest { ContainerId = id }, client.Call(cancellationToken));
        }
        catch (RpcException)
        {
            // There is none, or its shim has just gone.
        }
    }

    private Task EndAsync(string id, Process task, CancellationToken cancellationToken) => ContainerdClient.OrNothingAsync(async () =>
    {
        if (task.Status != TaskStatus.Stopped)
        {
            await client.Tasks.KillAsync(new KillRequest { ContainerId = id, Signal = (uint)Signal.Kill.Number, All = true }, client.Call(cancellationToken));
            if (task.Status is TaskStatus.Paused or TaskStatus.Pausing)
                await client.Tasks.ResumeAsync(new ResumeTaskRequest { ContainerId = id }, client.Call(cancellationToken));
            await client.Tasks.WaitAsync(new WaitRequest { ContainerId = id }, client.Call(cancellationToken));
        }

        return await client.Tasks.DeleteAsync(new DeleteTaskRequest { ContainerId = id }, client.Call(cancellationToken));
    });
}
