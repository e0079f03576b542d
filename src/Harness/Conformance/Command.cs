using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Conformance;

/// <summary>A command to the device.</summary>
/// <param name="Feature">Its feature; <see langword="null"/> for the thing itself.</param>
/// <param name="Operation">What is to be done.</param>
/// <param name="Value">The argument.</param>
internal sealed record Command(string? Feature, string Operation, JsonElement? Value = null)
{
    /// <summary>Whether the envelope demands an answer; <see langword="null"/> leaves the header away.</summary>
    public bool? ResponseRequired { get; init; } = true;

    /// <summary>Whether the bus topic has a request id.</summary>
    public bool HasRequestId { get; init; } = true;

    /// <summary>Whether the device should carry it out; if not it is to refuse it by the envelope alone.</summary>
    public bool IsWellFormed { get; init; } = true;

    /// <summary>What is done to the envelope before it goes out.</summary>
    public Func<Envelope, Envelope> Twist { get; init; } = envelope => envelope;

    /// <summary>Whether an answer has to come.</summary>
    public bool WantsAnswer => ResponseRequired == true && HasRequestId;

    /// <summary>Whether it may take its time: images are pulled, processes end when they like.</summary>
    public bool IsSlow => Operation is "create" or "createWithConfig" or "stop" or "stopWithOptions" or "remove";
}
