using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Messages;

/// <summary>What became of a live message, with the answer if there is one.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="CorrelationId">What tied the answer to it.</param>
/// <param name="Response">The answer, for <see cref="MessageOutcome.Answered"/>; otherwise <see langword="null"/>.</param>
/// <param name="Error">Why not, for <see cref="MessageOutcome.Refused"/>; otherwise <see langword="null"/>.</param>
public sealed record MessageResult(MessageOutcome Outcome, string CorrelationId, Envelope? Response = null, DittoError? Error = null)
{
    /// <summary>The answer's status; <see langword="null"/> if there is none.</summary>
    public int? Status => Response?.Status;

    /// <summary>The answer's value; <see langword="null"/> if there is none.</summary>
    public JsonElement? Value => Response?.Value;
}
