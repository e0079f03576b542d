using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>A desired state that was understood: the containers of one domain (<c>kanto-container-management.md</c> 3.5).</summary>
/// <param name="Containers">All that there are to be, in the order given.</param>
/// <param name="Baselines">The names of those that belong together, by title; each container is in one.</param>
/// <param name="SystemContainers">The names of those that must not be touched.</param>
internal sealed record DesiredContainers(
    IReadOnlyList<DesiredContainer> Containers, OrderedDictionary<string, IReadOnlyList<string>> Baselines, IReadOnlySet<string> SystemContainers)
{
    /// <summary>Reads a desired state.</summary>
    /// <param name="state">As it arrived; none is one without domains.</param>
    /// <param name="options">The domain, and its system containers unless the state has its own.</param>
    /// <param name="check">Says why a container cannot be made, or nothing.</param>
    /// <param name="log">Told what is ignored.</param>
    /// <param name="desired">The result.</param>
    /// <param name="problem">Why the whole of it is refused, for people.</param>
    public static bool TryRead(
        DesiredState? state,
        UpdateAgentOptions options,
        Func<ContainerDescription, string?> check,
        Action<string> log,
        [NotNullWhen(true)] out DesiredContainers? desired,
        [NotNullWhen(false)] out string? problem)
    {
        desired = null;
        if (state?.Domains is not [{ } domain])
            problem = $"exactly one domain is expected, '{options.Domain}', but there are {state?.Domains?.Count ?? 0}";
        else if (domain.Id != options.Domain)
            problem = $"the domain '{options.Domain}' is expected, not '{domain.Id}'";
        else if (!TryReadAll(domain.Components ?? [], check, log, out var containers, out problem)
            || !TryGroup(state.Baselines ?? [], $"{options.Domain}:", containers, out var baselines, out problem))
            return false;
        else
            desired = new DesiredContainers(containers, baselines, SystemContainersOf(domain, options));
        return desired is not null;
    }

    private static bool TryReadAll(
        IReadOnlyList<DesiredComponent?> components,
        Func<ContainerDescription, string?> check,
        Action<string> log,
        out List<DesiredContainer> containers,
        [NotNullWhen(false)] out string? problem)
    {
        containers = [];
        problem = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var component in components)
        {
            if (component?.Id is not { Length: > 0 } name)
                problem = "a component has no id";
            else if (!names.Add(name))
                problem = $"the component '{name}' is there twice";
            else if (component.Config?.Contains(null) == true)
                problem = $"the configuration of '{name}' contains null";
            else
                problem = Add(ComponentConfig.Read(component, name, log), name, component.Version, check, containers);
            if (problem is not null)
                return false;
        }

        return true;
    }

    private static string? Add(
        ContainerDescription description, string name, string? version, Func<ContainerDescription, string?> check, List<DesiredContainer> containers)
    {
        if (check(description) is { } problem)
            return $"the container '{name}' cannot be made: {problem}";
        containers.Add(new DesiredContainer(name, version, description));
        return null;
    }

    /// <summary>The baselines as given, then one for each container that is in none.</summary>
    private static bool TryGroup(
        IReadOnlyList<Baseline?> given,
        string prefix,
        List<DesiredContainer> containers,
        out OrderedDictionary<string, IReadOnlyList<string>> baselines,
        [NotNullWhen(false)] out string? problem)
    {
        // That name is taken: commands for it are about what has to go.
        baselines = new(StringComparer.Ordinal) { [prefix + UpdatePlan.Removal] = [] };
        var free = containers.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var baseline in given)
        {
            if (baseline?.Title is not { Length: > 0 } title)
            {
                problem = "a baseline has no title";
                return false;
            }

            List<string> names = [.. (baseline.Components ?? []).Where(c => c?.StartsWith(prefix, StringComparison.Ordinal) == true).Select(c => c![prefix.Length..])];
            problem = names.Find(name => !free.Remove(name)) is { } unknown
                ? $"the baseline '{title}' names '{prefix}{unknown}', which is no component or is named twice"
                : baselines.TryAdd(title, names) ? null : $"the baseline '{title}' is there twice, or has the name of all removals";
            if (problem is not null)
                return false;
        }

        // Whoever takes this name for a baseline of its own would make the container unreachable.
        List<string> single = [.. containers.Select(c => c.Name).Where(free.Contains)];
        var taken = baselines;
        problem = single.Find(name => !taken.TryAdd(prefix + name, [name])) is { } hidden
            ? $"the baseline '{prefix}{hidden}' has the name of a component that is not in it, or of all removals"
            : null;
        return problem is null;
    }

    private static HashSet<string> SystemContainersOf(UpdateDomain domain, UpdateAgentOptions options) => new(
        (domain.Config ?? []).LastOrDefault(pair => pair?.Key == UpdateDomain.SystemContainers) is { } own
            ? (own.Value ?? "").Split(',', StringSplitOptions.TrimEntries)
            : options.SystemContainers,
        StringComparer.Ordinal);
}
