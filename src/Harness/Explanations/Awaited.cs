using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>What somebody waited for in vain.</summary>
/// <param name="Matches">Whether an entry of the journal would have been it, or a sign of it. It is also asked about entries that were never there.</param>
/// <param name="From">Where in the journal waiting began.</param>
/// <param name="Thing">The thing that it is about.</param>
/// <param name="Gateway">Who the gateway is.</param>
internal sealed record Awaited(Func<JournalEntry, bool> Matches, long From, ThingId Thing, GatewayIdentity Gateway)
{
    /// <summary>The feature that it is about, if it is known.</summary>
    public string? Feature { get; init; }

    /// <summary>The command whose answer it is, if it is an answer to one command.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The client that waited for a message, if it is a matter of what that client has subscribed to.</summary>
    public string? Subscriber { get; init; }

    /// <summary>Any change of a thing, or of one of its features, that a device states.</summary>
    public static Func<JournalEntry, bool> Change(ThingId thing, string? feature) => entry =>
        PublishedMessage.Of(entry) is { Path: { } path, ThingId: { } seen } message && message.IsStatement && seen == thing
        && (feature is null || path.FeatureId is null || path.FeatureId == feature);
}
