using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Coverage;

/// <summary>What can be exercised of a kind of device: which part of the contract in <c>schemas/index.json</c> and of its state machines.</summary>
public sealed record CoverageProfile
{
    /// <summary>
    /// Kanto's container management: operations as in <c>payloads.md</c> 4.3 and <c>kanto-container-management.md</c> 3, answers as in 2.5,
    /// paths that it writes as in 2.1, states of containers as in 5.1, of software as in 3.4.2 and 3.4.5.
    /// </summary>
    public static CoverageProfile KantoContainers { get; } = new()
    {
        Name = "kanto-containers",
        Families = [FeatureFamily.ContainerFactory, FeatureFamily.Container, FeatureFamily.SoftwareUpdatable, FeatureFamily.Metrics],
        Topics = [EdgeTopics.ThingRequest, EdgeTopics.ThingResponse, EdgeTopics.RemoteStatus, "event", "command", "one-way command", "response"],
        Absent =
        [
            "SoftwareUpdatable/inbox/messages/download", "SoftwareUpdatable/inbox/messages/cancel", "SoftwareUpdatable/inbox/messages/cancelRemove",
            "SoftwareUpdatable/properties/status", "SoftwareUpdatable/properties/status/contextDependencies", "Container/properties/status",
            "ContainerFactory/outbox/messages/create", "ContainerFactory/outbox/messages/createWithConfig",
        ],
        Deleted = [FeatureFamily.Container],
        Statuses = [200, 204, 400, 404, 500],
        SoftwareTransitions = new Dictionary<string, IReadOnlyList<string>>
        {
            [""] = ["STARTED", "REMOVING"],
            ["STARTED"] = ["DOWNLOADING"],
            ["DOWNLOADING"] = ["DOWNLOADED", "FINISHED_ERROR", "FINISHED_REJECTED"],
            ["DOWNLOADED"] = ["INSTALLING"],
            ["INSTALLING"] = ["INSTALLED", "FINISHED_ERROR"],
            ["INSTALLED"] = ["FINISHED_SUCCESS", "FINISHED_ERROR"],
            ["REMOVING"] = ["REMOVED", "FINISHED_ERROR", "FINISHED_REJECTED"],
            ["REMOVED"] = ["REMOVING", "FINISHED_SUCCESS", "FINISHED_ERROR"],
            ["FINISHED_REJECTED"] = ["FINISHED_ERROR"],
            ["FINISHED_ERROR"] = ["FINISHED_SUCCESS"],
        },
        ContainerTransitions = new Dictionary<string, IReadOnlyList<string>>
        {
            [""] = [ContainerState.Created],
            [ContainerState.Created] = [ContainerState.Running, ContainerState.Stopped, ContainerState.Dead],
            [ContainerState.Running] = [ContainerState.Paused, ContainerState.Stopped, ContainerState.Exited, ContainerState.Dead],
            [ContainerState.Paused] = [ContainerState.Running, ContainerState.Stopped, ContainerState.Dead],
            [ContainerState.Stopped] = [ContainerState.Running, ContainerState.Dead],
            [ContainerState.Exited] = [ContainerState.Running, ContainerState.Stopped, ContainerState.Dead],
        },
    };

    /// <summary>All profiles by their names.</summary>
    public static IReadOnlyDictionary<string, CoverageProfile> All { get; } = new[] { KantoContainers }.ToDictionary(profile => profile.Name);

    /// <summary>What users call it.</summary>
    public required string Name { get; init; }

    /// <summary>The families of features that it has, see <see cref="SchemaCatalogue.Families"/>.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>The kinds of bus topics.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Places of these features that the contract knows and no such device offers or writes.</summary>
    public required IReadOnlyList<string> Absent { get; init; }

    /// <summary>The families whose features come and go.</summary>
    public required IReadOnlyList<string> Deleted { get; init; }

    /// <summary>The statuses of answers.</summary>
    public required IReadOnlyList<int> Statuses { get; init; }

    /// <summary>The states of software operations that such a device reports, and those that it reports after each: less than the rules allow.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> SoftwareTransitions { get; init; }

    /// <summary>The states of containers, and those that may follow each; from nothing first.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> ContainerTransitions { get; init; }
}
