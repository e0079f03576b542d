using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>Takes from an envelope what is to be remembered of its thing.</summary>
internal static class ThingReader
{
    /// <param name="heard">The message.</param>
    /// <param name="signal">Its envelope.</param>
    /// <param name="conversation">What is known of everything else.</param>
    /// <param name="isOwnCommand">Whether it is no copy of a command that was seen before.</param>
    public static void Take(Heard heard, Signal signal, Conversation conversation, bool isOwnCommand)
    {
        var thing = heard.Thing;
        thing.WasAsked |= signal.IsCommand;
        if (signal is { Kind: "twin event", Bus: null })
            TakeEvent(signal, thing);
        if (heard.Action is var (id, action) && isOwnCommand && signal.Message?.FeatureId is { } feature)
            TakeAction(thing, feature, id, action);
        if (signal.Message is { FeatureId: { } sender, Subject: "request", Direction: MessageDirection.Outbox } && signal.Envelope.Value is { } value)
            TakeUpload(thing, sender, value);
        if (!heard.IsStatement)
            return;
        thing.HasSpoken |= signal.IsUplink;
        TakeFeatures(heard, signal, conversation);
        if (heard.Failed is { } failed && IsWorthKeeping(failed))
            thing.Feature(failed.Feature).LastFailed = failed with { Value = default };
        if (heard.Report is { } report && IsWorthKeeping(report))
            TakeReport(thing, report);
    }

    private static bool IsWorthKeeping(OperationReport report) =>
        Conversation.IsWorthKeeping(report.Feature) && Conversation.IsWorthKeeping(report.CorrelationId + report.Subject + report.Status);

    private static void TakeEvent(Signal signal, ThingMemory thing)
    {
        var isGone = signal.Topic.Action == "deleted" && signal.Resource is { Kind: ResourceKind.Thing };
        thing.Revision = isGone ? null : signal.Envelope.Revision ?? thing.Revision;
    }

    private static void TakeAction(ThingMemory thing, string feature, string id, ActionMemory action)
    {
        if (!Conversation.IsWorthKeeping(feature) || !Conversation.IsWorthKeeping(id) || !action.Modules.All(Conversation.IsWorthKeeping))
            return;
        if (!thing.Actions.TryFind((feature, id), out var known))
            thing.Actions.Put((feature, id), action);
        else if (!action.Operation.StartsWith("cancel", StringComparison.Ordinal))
            known.Repeat(action);
    }

    private static void TakeUpload(ThingMemory thing, string feature, JsonElement value)
    {
        if (value.Text("correlationId"u8) is { } id && Conversation.IsWorthKeeping(id) && Conversation.IsWorthKeeping(feature))
            thing.Feature(feature).Ids.Put(id, true);
    }

    private static void TakeFeatures(Heard heard, Signal signal, Conversation conversation)
    {
        var thing = heard.Thing;
        if (signal.Topic.Action is "delete" or "deleted")
        {
            if (signal.Resource is { Kind: ResourceKind.Feature, FeatureId: { } gone, Pointer.IsRoot: true } && Conversation.IsWorthKeeping(gone))
                thing.Feature(gone).Delete();
            return;
        }

        foreach (var part in signal.Features)
        {
            if (part.Below.Length > 0 || part.Value.ValueKind != JsonValueKind.Object || !Conversation.IsWorthKeeping(part.Id))
                continue;
            thing.Feature(part.Id).Announce(part);
            if (thing.Operations.Count > 0)
                Interrupt(thing, part.Id);

            // A feature that is one of its kind is written as a whole when a device announces itself, and only then.
            if (signal.IsUplink && !part.Id.Contains(':', StringComparison.Ordinal) && conversation.IsOfGateway(signal.Topic.ThingId, heard.Message.Who))
                thing.Announcers.Put(heard.Message.Who, true);
        }
    }

    private static void Interrupt(ThingMemory thing, string feature)
    {
        foreach (var (key, operation) in thing.Operations.All)
        {
            if (key.Feature == feature)
                operation.Interrupt();
        }
    }

    private static void TakeReport(ThingMemory thing, OperationReport report)
    {
        thing.Feature(report.Feature).LastOperation = report with { Value = default };
        var key = (report.Feature, report.CorrelationId, report.Subject);
        var action = thing.Actions.Find((report.Feature, report.CorrelationId));
        if (!thing.Operations.TryFind(key, out var operation))
            operation = new OperationMemory();
        thing.Operations.Put(key, operation);
        if (!OperationStates.IsKnown(report.Status))
            return;
        var goesOn = operation.Status.Length > 0 && OperationStates.MayFollow(operation, action?.Operation ?? "", report.Status);
        if (!goesOn && OperationStates.IsFirst(report.Status) && action?.Commands > operation.Begun)
            operation.Begin();
        operation.Take(report);
    }
}
