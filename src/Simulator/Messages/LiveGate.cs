using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Messages;

/// <summary>Whether a signal may go out on the live channel: its thing is there, the thing's policy lets the caller, the condition holds
/// (<c>ditto.md</c> 2.9, 3.2 and 3.3).</summary>
/// <param name="things">The twins.</param>
/// <param name="time">The clock of conditions.</param>
internal sealed class LiveGate(ThingStore things, TimeProvider time)
{
    /// <summary>Why the signal may not go out; <see langword="null"/> if it may.</summary>
    public DittoError? Check(LiveSignal signal)
    {
        if (signal.Caller.IsTrusted && signal.Condition is null)
            return null;
        if (things.Find(signal.Topic.ThingId) is not { } thing)
            return TwinErrors.ThingNotFound(signal.Topic.ThingId);
        if (CheckPolicy(signal, thing) is { } denied)
            return denied;
        return signal.Condition is null
            ? null
            : Check(thing, signal.Caller, signal.Condition, out var holds) ?? (holds ? null : TwinErrors.ConditionFailed());
    }

    /// <summary>Evaluates a condition for somebody; it does not hold where it looks at something that he may not read.</summary>
    /// <returns>What is wrong with the condition itself; <see langword="null"/> if nothing is.</returns>
    public DittoError? Check(Thing thing, Caller caller, string condition, out bool holds)
    {
        holds = RqlExpression.TryParse(condition, out var expression, out var error)
            && ThingAccess.CanAsk(things.Access.Of(thing, caller), expression)
            && expression.Matches(new ThingSubject(thing) { Now = time.GetUtcNow() }, RqlSemantics.InMemory);
        return error;
    }

    /// <summary>An answer as who asked may see it: what is retrieved is cut to what may be read of the thing now.</summary>
    public Envelope? Cut(LiveSignal request, Envelope? response)
    {
        if (request.Caller.IsTrusted || request.Topic is not { Criterion: Criterion.Commands, Action: "retrieve" } || response is not { Value: { } value, Status: < 400 })
            return response;
        var reader = things.Find(request.Topic.ThingId) is { } thing ? things.Access.Of(thing, request.Caller) : Enforcer.Nothing;
        return ResourcePath.TryParse(request.Envelope.Path, out var path, out _) && reader.TryView(path, value, out var view)
            ? response with { Value = view }
            : response with { Value = JsonText.Parse("{}") };
    }

    private DittoError? CheckPolicy(LiveSignal signal, Thing thing)
    {
        var may = things.Access.Of(thing, signal.Caller);
        if (signal.Topic.Criterion == Criterion.Messages)
            return MayMessage(signal.Envelope.Path, may) ? null : LiveErrors.SendNotAllowed(thing.Id);
        if (!ResourcePath.TryParse(signal.Envelope.Path, out var path, out var problem))
            return TwinErrors.OfPath(signal.Envelope.Path, problem);
        if (signal.Topic.Criterion != Criterion.Commands)
            return may.CanWrite(path) ? null : LiveErrors.EventNotAllowed(thing.Id);
        if (signal.Topic.Action == "retrieve")
            return may.CanRead(path) ? null : TwinErrors.NotFound(thing.Id, path);
        return things.Access.CheckWrite(thing, new TwinCommand(thing.Id, signal.Topic.Action, path, signal.Envelope.Value, DittoHeaders.Empty) { Caller = signal.Caller });
    }

    private static bool MayMessage(string text, Enforcer may) =>
        !MessagePath.TryParse(text, out var path, out _) || path.Subject == LiveSubjects.Claim || may.CanSend(path);
}
