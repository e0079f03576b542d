using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>The <c>status/state</c> property of a container's feature (<c>kanto-container-management.md</c> 3.2.3). Zero values are left out: an absent exit code means 0.</summary>
public sealed record ContainerState
{
    /// <summary>It exists and was never started.</summary>
    public const string Created = "CREATED";

    /// <summary>Its process runs.</summary>
    public const string Running = "RUNNING";

    /// <summary>It was stopped by someone, or could not be started.</summary>
    public const string Stopped = "STOPPED";

    /// <summary>Its process is frozen.</summary>
    public const string Paused = "PAUSED";

    /// <summary>Its process ended by itself.</summary>
    public const string Exited = "EXITED";

    /// <summary>It is being removed; seen only right before its feature is deleted.</summary>
    public const string Dead = "DEAD";

    /// <summary><c>CREATING</c>, <c>CREATED</c>, <c>RUNNING</c>, <c>STOPPED</c>, <c>PAUSED</c>, <c>EXITED</c>, <c>DEAD</c> or <c>UNKNOWN</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The process id; −1 when there is no process.</summary>
    public long Pid { get; init; }

    /// <summary>What went wrong, for people.</summary>
    public string? Error { get; init; }

    /// <summary>The last exit code; 0 is left out.</summary>
    public long ExitCode { get; init; }

    /// <summary>When it was last started.</summary>
    public string? StartedAt { get; init; }

    /// <summary>When it last stopped or exited; kept after a restart.</summary>
    public string? FinishedAt { get; init; }

    /// <summary>Whether it ran out of memory.</summary>
    public bool OomKilled { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
