using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>A policy command and who sends it (<c>ditto.md</c> 2.11).</summary>
public sealed record PolicyCommand
{
    /// <summary>The policy.</summary>
    public required ThingId Id { get; init; }

    /// <summary><c>create</c>, <c>modify</c>, <c>retrieve</c> or <c>delete</c>.</summary>
    public required string Action { get; init; }

    /// <summary>Which part of the policy.</summary>
    public required PolicyPath Path { get; init; }

    /// <summary>The new value of that part; <see langword="null"/> if absent.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Who sends it.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The header <c>allow-policy-lockout</c>: whether a policy may come out that nobody, or not the caller, can change.</summary>
    public bool AllowLockout { get; init; }

    /// <summary>Asked with the present policy (<see langword="null"/> if there is none) after permissions and before the change, in one
    /// step with it: <c>If-Match</c> and its kind. An error refuses the command.</summary>
    public Func<Policy?, DittoError?>? Precondition { get; init; }
}
