using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>A device asked who it is and was not told, or was told what it cannot use (<c>connectors-and-leda.md</c> 1.2).</summary>
internal sealed class NoIdentity : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        if (record.IsAboutAsking)
            return null;
        var told = record.All.LastOrDefault(e => e.Kind == JournalKind.Publish && e.Topic == EdgeTopics.ThingResponse);
        if (told is not null && Problem(told) is { } problem)
            return At(told, $"the identity on {EdgeTopics.ThingResponse} cannot be used: {problem}. A device waits for another one");
        var asked = record.All.LastOrDefault(e => e.Kind == JournalKind.Publish && e.Topic == EdgeTopics.ThingRequest);
        return asked is not null && !(told?.Sequence > asked.Sequence)
            ? At(asked, $"a device asked on {EdgeTopics.ThingRequest} who it is, and nobody has told it: it publishes nothing and takes no commands")
            : null;
    }

    private static string? Problem(JournalEntry told)
    {
        if (!GatewayIdentity.TryParse(told.Payload.Span, out var identity, out var problem))
            return problem;
        if (identity.TenantId.Length == 0)
            return "the tenantId is empty";
        return ThingId.TryParse(identity.DeviceId, out _, out problem) ? null : $"the deviceId '{identity.DeviceId}' is no thing id, {problem}";
    }
}
