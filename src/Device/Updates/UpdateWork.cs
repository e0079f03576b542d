using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Updates;

/// <summary>
/// What the phases of an update do to containers (<c>kanto-container-management.md</c> 3.5). Each step gives what was done, for people, and
/// throws if it cannot be done.
/// </summary>
/// <param name="containers">The device's containers.</param>
internal sealed class UpdateWork(ContainerManager containers)
{
    /// <summary>DOWNLOAD: the new container is created next to the old one, of the same name.</summary>
    public async Task<string> DownloadAsync(UpdateAction action)
    {
        action.NewId ??= (await containers.CreateAsync(action.Desired!.Description)).Id;
        return "the new container is created";
    }

    /// <summary>UPDATE: the old container is stopped, or changed.</summary>
    public async Task<string> UpdateAsync(UpdateAction action)
    {
        if (action.Kind == UpdateActionKind.Update)
        {
            await ConfigureAsync(action, action.Desired!.Config);
            return "the container is changed";
        }

        if (Find(action.Current!.Id) is not { HasProcess: true } running)
            return "the old container does not run";
        await containers.StopAsync(running.Id, StopPlan.ByForce);
        action.StoppedCurrent = true;
        return "the old container is stopped";
    }

    /// <summary>ACTIVATE: the new container runs, or the one that stays does.</summary>
    public async Task<string> ActivateAsync(UpdateAction action)
    {
        await EnsureRunsAsync(action.NewId ?? action.Current!.Id);
        return action.NewId is null ? "the container runs" : "the new container is started";
    }

    /// <summary>ROLLBACK: all is as it was before.</summary>
    public async Task<string> RollbackAsync(UpdateAction action)
    {
        if (action.NewId is { } added && containers.Exists(added))
            await containers.RemoveAsync(added, force: true);
        if (action.Kind == UpdateActionKind.Update)
            await ConfigureAsync(action, action.Current!.Config);
        if (action.Current is { } old && (action.Kind != UpdateActionKind.Destroy || action.StoppedCurrent))
            await EnsureRunsAsync(old.Id);
        return action.Current is null ? "rolled back: the new container is removed" : "rolled back: the old container runs as it did";
    }

    /// <summary>CLEANUP: the old container is removed.</summary>
    public async Task<string> CleanUpAsync(UpdateAction action)
    {
        if (containers.Exists(action.Current!.Id))
            await containers.RemoveAsync(action.Current.Id, force: true);
        return "the old container is removed";
    }

    // No limits has to be said: what is not given stays as it is, and the next desired state would find the same difference.
    private Task ConfigureAsync(UpdateAction action, ContainerConfig config) => containers.UpdateAsync(
        action.Current!.Id, new UpdateArguments { RestartPolicy = config.RestartPolicy, Resources = config.Resources ?? new Resources() });

    private Task EnsureRunsAsync(string id) => Find(id)?.State.Status switch
    {
        ContainerState.Running => Task.CompletedTask,
        ContainerState.Paused => containers.ResumeAsync(id),
        _ => containers.StartAsync(id),
    };

    private Container? Find(string id) => containers.Containers.FirstOrDefault(c => c.Id == id);
}
