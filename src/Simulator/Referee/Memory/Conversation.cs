using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>What is remembered of a conversation on one bus. Each count is bounded, and long texts are not kept, so that nobody can fill the memory.</summary>
internal sealed class Conversation : IKnownFeatures
{
    private const int LongestText = 500;

    /// <summary>The things; 250 are more than one gateway stands for.</summary>
    public Recent<ThingId, ThingMemory> Things { get; } = new(250);

    /// <summary>Commands by thing and request id; 1,000, because an answer takes seconds.</summary>
    public Recent<(string Thing, string RequestId), RequestMemory> Requests { get; } = new(1_000);

    /// <summary>The same commands by correlation id.</summary>
    public Recent<string, RequestMemory> Correlations { get; } = new(1_000);

    /// <summary>Domains of updates; 50, because a vehicle has a handful.</summary>
    public Recent<string, DomainMemory> Domains { get; } = new(50);

    /// <summary>Who asked for an identity before it was heard, and after which announcement; 250 agents are more than one gateway has.</summary>
    public Recent<string, int> Asking { get; } = new(250);

    /// <summary>Who was heard to speak for a thing; as many.</summary>
    public Recent<string, bool> Speakers { get; } = new(250);

    /// <summary>How often an identity was announced.</summary>
    public int Announcements { get; private set; }

    /// <summary>The last announced identity.</summary>
    public GatewayIdentity? Identity { get; private set; }

    /// <summary>Whether a text is short enough to be kept; ids are.</summary>
    public static bool IsWorthKeeping(string text) => text.Length <= LongestText;

    /// <inheritdoc/>
    public IReadOnlyList<string> DefinitionsOf(ThingId thing, string featureId) => Things.Find(thing)?.Features.Find(featureId)?.Definitions ?? [];

    /// <summary>Whether a thing is the announced gateway's, and one agent alone is known to speak for it.</summary>
    public bool IsOfGateway(ThingId thing, string who)
    {
        if (Identity is not { DeviceId.Length: > 0 } identity)
            return false;
        var id = thing.ToString();
        return (who.Length > 0 && id == identity.DeviceId) || id.StartsWith(identity.DeviceId + ":", StringComparison.Ordinal);
    }

    /// <summary>The command that a response answers by its request id.</summary>
    public RequestMemory? Asked(Signal answer) => Requests.Find((answer.Topic.ThingId.ToString(), answer.Bus!.Value.RequestId));

    /// <summary>The command that a response answers by its correlation id.</summary>
    public RequestMemory? AskedAs(Signal answer) => answer.Envelope.Headers.CorrelationId is { } id ? Correlations.Find(id) : null;

    /// <summary>Remembers a message that has been judged.</summary>
    public void Remember(Heard heard)
    {
        if (heard.Message.Topic == EdgeTopics.ThingRequest && !Speakers.Contains(heard.Message.Who))
            Asking.Put(heard.Message.Who, Announcements);
        if (heard.Identity is { } identity)
        {
            Announcements++;
            Identity = IsWorthKeeping(identity.DeviceId) && IsWorthKeeping(identity.TenantId) ? identity : null;
        }

        if (heard.Update is { ActivityId: { } activity } update && IsWorthKeeping(activity) && IsWorthKeeping(update.Domain))
            RememberUpdate(update, activity);
        if (heard.Signal is not { } signal)
            return;
        Things.Put(signal.Topic.ThingId, heard.Thing);
        if (signal.IsUplink && heard.Message.Who.Length > 0)
            Speakers.Put(heard.Message.Who, true);
        var isOwn = !signal.IsCommand || RememberRequest(heard.Message, signal);
        if (heard.Answer is { } answer && (Asked(answer) ?? AskedAs(answer)) is { } asked)
            asked.Answered++;
        ThingReader.Take(heard, signal, this, isOwn);
    }

    private void RememberUpdate(UpdateNote update, string activity)
    {
        if (!Domains.TryFind(update.Domain, out var domain))
            Domains.Put(update.Domain, domain = new DomainMemory());
        domain.WasAsked |= update.Kind == UpdateNote.DesiredState;
        if (update.Kind is UpdateNote.DesiredState or "get" || !domain.WasAsked)
            domain.Activities.Put(activity, true);
    }

    private bool RememberRequest(SeenMessage message, Signal signal)
    {
        var request = new RequestMemory(message, signal);
        var id = request.CorrelationId ?? "";
        if (!IsWorthKeeping(id) || !IsWorthKeeping(request.RequestId) || (request.Path is { } path && !IsWorthKeeping(path.ToString())))
            return true;
        var known = request.RequestId.Length > 0 ? Requests.Find((request.Thing, request.RequestId)) : Correlations.Find(id);
        if (known is not null && (known.CorrelationId, known.Path) == (request.CorrelationId, request.Path))
            return known.Count(signal);
        request.Count(signal);
        if (request.RequestId.Length > 0)
            Requests.Put((request.Thing, request.RequestId), request);
        if (id.Length > 0)
            Correlations.Put(id, request);
        return true;
    }
}
