using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Messages;

/// <summary>Whether a signal may go out on the live channel: its thing is there, the thing's policy lets the caller, the condition holds
/// (<c>ditto.md</c> 2.9, 3.2 and 3.3).</summary>
/// <param name="things">The twins.</param>
/// <param name="policies">Their policies.</param>
/// <param name="time">The clock of conditions.</param>
public sealed class LiveGate(ThingStore things, PolicyStore policies, TimeProvider time)
{
    /// <summary>Why the signal may not go out; <see langword="null"/> if it may.</summary>
    public DittoError? Check(LiveSignal signal)
    {
        if (signal.Caller.IsTrusted && signal.Condition is null)
            return null;
        if (things.Find(signal.Topic.ThingId) is not { } thing)
            return TwinErrors.ThingNotFound(signal.Topic.ThingId);
        var may = EnforcerFor(thing, signal.Caller);
        return CheckPolicy(signal, may)
            ?? (signal.Condition is null ? null : Check(thing, may, signal.Condition, out var holds) ?? (holds ? null : TwinErrors.ConditionFailed()));
    }

    /// <summary>What a caller may do with a thing. A thing without a policy, which a device has made, is everybody's.</summary>
    public Enforcer EnforcerFor(Thing thing, Caller caller)
    {
        if (thing.PolicyId is not { ValueKind: JsonValueKind.String } id)
            return Enforcer.Everything;
        return ThingId.TryParse(id.GetString(), out var policy, out _) && policies.EnforcerFor(policy, caller, thing.Id.Namespace) is { } enforcer
            ? enforcer
            : Enforcer.Nothing;
    }

    /// <summary>Evaluates a condition for somebody; it does not hold where it looks at something that he may not read.</summary>
    public DittoError? Check(Thing thing, Enforcer may, string condition, out bool holds)
    {
        holds = RqlExpression.TryParse(condition, out var expression, out var error)
            && expression.Properties.All(may.CanAskFor)
            && expression.Matches(RqlSubject.Of(thing, time.GetUtcNow()), RqlSemantics.InMemory);
        return error;
    }

    private static DittoError? CheckPolicy(LiveSignal signal, Enforcer may) => signal.Topic.Criterion switch
    {
        Criterion.Messages => CheckMessage(signal, may),
        Criterion.Commands => CheckCommand(signal, may),
        _ => may.CanWrite(PathOf(signal)) ? null : LiveErrors.EventNotAllowed(signal.Topic.ThingId),
    };

    private static DittoError? CheckMessage(LiveSignal signal, Enforcer may)
    {
        if (!MessagePath.TryParse(signal.Envelope.Path, out var path, out _) || path.Subject == LiveSubjects.Claim)
            return null;
        return may.CanSend(path) ? null : LiveErrors.SendNotAllowed(signal.Topic.ThingId);
    }

    private static DittoError? CheckCommand(LiveSignal signal, Enforcer may)
    {
        var path = PathOf(signal);
        return signal.Topic.Action switch
        {
            "retrieve" => may.CanRead(path) ? null : TwinErrors.ThingNotFound(signal.Topic.ThingId),
            "merge" => may.CanMerge(path, signal.Envelope.Value.GetValueOrDefault()) ? null : PolicyErrors.ThingNotModifiable(signal.Topic.ThingId),
            _ => may.CanWrite(path) ? null : PolicyErrors.ThingNotModifiable(signal.Topic.ThingId),
        };
    }

    private static ResourcePath PathOf(LiveSignal signal) =>
        ResourcePath.TryParse(signal.Envelope.Path, out var path, out _) ? path : ResourcePath.Thing;
}
