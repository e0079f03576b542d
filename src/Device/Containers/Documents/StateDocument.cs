using System.Text.Json.Serialization;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>What a container does.</summary>
internal sealed record StateDocument
{
    // In order of their numbers (5.1).
    private static readonly string[] _statuses =
    [
        "CREATING", ContainerState.Created, ContainerState.Running, ContainerState.Stopped, ContainerState.Paused, ContainerState.Exited,
        ContainerState.Dead, "UNKNOWN",
    ];

    /// <summary>The process id; −1 when there is no process.</summary>
    public long Pid { get; init; }

    /// <summary>When it was last started, RFC 3339; empty if never.</summary>
    public string? StartedAt { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>The last exit code.</summary>
    public long ExitCode { get; init; }

    /// <summary>When it last ended, RFC 3339; empty if never.</summary>
    public string? FinishedAt { get; init; }

    /// <summary>Whether its process ended by itself.</summary>
    public bool Exited { get; init; }

    /// <summary>Whether it is being removed.</summary>
    public bool Dead { get; init; }

    /// <summary>Always false.</summary>
    public bool Restarting { get; init; }

    /// <summary>Whether its process is frozen; then it does not run.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether its process runs.</summary>
    public bool Running { get; init; }

    /// <summary>Whether it ran out of memory.</summary>
    [JsonPropertyName("oomKilled")]
    public bool OomKilled { get; init; }

    /// <summary>The status as a number from 0, <c>CREATING</c>, to 7, <c>UNKNOWN</c>.</summary>
    public int Status { get; init; }

    /// <summary>The state as a document says it.</summary>
    public static StateDocument Of(ContainerState state) => new()
    {
        Pid = state.Pid,
        StartedAt = state.StartedAt ?? "",
        Error = state.Error ?? "",
        ExitCode = state.ExitCode,
        FinishedAt = state.FinishedAt ?? "",
        Exited = state.Status == ContainerState.Exited,
        Dead = state.Status == ContainerState.Dead,
        Paused = state.Status == ContainerState.Paused,
        Running = state.Status == ContainerState.Running,
        OomKilled = state.OomKilled,
        Status = Array.IndexOf(_statuses, state.Status) is >= 0 and var number ? number : _statuses.Length - 1,
    };

    /// <summary>The state as the twin shows it.</summary>
    public ContainerState ToState() => new()
    {
        Status = Status >= 0 && Status < _statuses.Length ? _statuses[Status] : _statuses[^1],
        Pid = Pid,
        Error = string.IsNullOrEmpty(Error) ? null : Error,
        ExitCode = ExitCode,
        StartedAt = string.IsNullOrEmpty(StartedAt) ? null : StartedAt,
        FinishedAt = string.IsNullOrEmpty(FinishedAt) ? null : FinishedAt,
        OomKilled = OomKilled,
    };
}
