using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>How the update agent behaves (<c>kanto-container-management.md</c> 1.2, <c>update_agent.*</c>).</summary>
public sealed record UpdateAgentOptions
{
    /// <summary>What it looks after, and so its topics, see <see cref="UpdateTopics"/>; default <c>containers</c>.</summary>
    /// <exception cref="ArgumentException">There can be no such domain.</exception>
    public string Domain
    {
        get => field ?? "containers";
        init => field = UpdateTopics.Check(value) is { } problem ? throw new ArgumentException(problem, nameof(value)) : value;
    }

    /// <summary>The names of containers that no desired state touches, unless it brings its own list; default none.</summary>
    public IReadOnlyList<string> SystemContainers { get; init; } = [];

    /// <summary>Whether the inventory also tells what is as by default; default false.</summary>
    public bool VerboseInventory { get; init; }

    /// <summary>Whether a desired state is only compared with what there is: the difference is reported and logged, the end is
    /// <c>COMPLETED</c>, and nothing is done. Default false; the original knows no such thing.</summary>
    public bool DryRun { get; init; }
}
