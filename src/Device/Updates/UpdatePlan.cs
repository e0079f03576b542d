using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>
/// What has to be done so that a device has the desired containers and no others (<c>kanto-container-management.md</c> 3.5). To make one
/// changes nothing.
/// </summary>
/// <param name="Actions">All actions: first those of desired containers in their order, then what has to go.</param>
/// <param name="Baselines">The same by baseline.</param>
internal sealed record UpdatePlan(IReadOnlyList<UpdateAction> Actions, OrderedDictionary<string, IReadOnlyList<UpdateAction>> Baselines)
{
    /// <summary>The baseline of all that has to go, in its domain.</summary>
    public const string Removal = "remove-components";

    /// <summary>Compares. Containers are matched by name. Of several with one name the newest counts: it is what the last update left
    /// behind; the others have to go like any that nobody desires.</summary>
    /// <param name="desired">The containers that there are to be.</param>
    /// <param name="existing">The containers that there are, oldest first.</param>
    /// <param name="domain">The domain, for the names of components.</param>
    public static UpdatePlan Make(DesiredContainers desired, IReadOnlyList<Container> existing, string domain)
    {
        var left = existing.Where(c => !desired.SystemContainers.Contains(c.Name)).ToList();
        var kept = new List<UpdateAction>();
        foreach (var container in desired.Containers.Where(c => !desired.SystemContainers.Contains(c.Name)))
        {
            var current = left.FindLast(c => c.Name == container.Name);
            if (current is not null)
                left.Remove(current);
            kept.Add(For(container, current, domain));
        }

        List<UpdateAction> removed = [.. left.Select(c => Destroy(c, domain))];
        var baselines = new OrderedDictionary<string, IReadOnlyList<UpdateAction>>(StringComparer.Ordinal);
        var byName = kept.ToDictionary(action => action.Desired!.Name, StringComparer.Ordinal);
        foreach (var (title, names) in desired.Baselines)
            baselines.Add(title, [.. names.Where(byName.ContainsKey).Select(name => byName[name])]);
        baselines[$"{domain}:{Removal}"] = removed;
        return new UpdatePlan([.. kept, .. removed], baselines);
    }

    /// <summary>The plan for people, a line for each action.</summary>
    public override string ToString() => Actions.Count == 0
        ? "nothing to do"
        : string.Join('\n', Actions.Select(a => $"{a.Component.Id} {a.Component.Version}: {a.Message}"));

    private static UpdateAction For(DesiredContainer desired, Container? current, string domain)
    {
        var difference = current is null ? null : ContainerDifference.Between(current, desired.Description.ImageRef, desired.Config);
        var kind = difference?.Remedy ?? UpdateActionKind.Create;
        return new UpdateAction
        {
            Kind = kind,
            Current = current,
            Desired = desired,
            Component = new ComponentVersion { Id = $"{domain}:{desired.Name}", Version = string.IsNullOrEmpty(desired.Version) ? null : desired.Version },
            Message = kind switch
            {
                UpdateActionKind.Create => "is missing: to be created and started",
                UpdateActionKind.Recreate => $"to be replaced by a new container; different: {difference}",
                UpdateActionKind.Update => $"to be changed while it is there; different: {difference}",
                _ => "is as desired: only has to run",
            },
        };
    }

    private static UpdateAction Destroy(Container current, string domain) => new()
    {
        Kind = UpdateActionKind.Destroy,
        Current = current,
        Component = new ComponentVersion { Id = $"{domain}:{current.Name}", Version = ImageVersion.Of(current.ImageRef) },
        Message = "is not desired: to be stopped and removed",
    };
}
