using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>A message of a conversation, as far as it was understood.</summary>
internal sealed class Heard
{
    private const string LastOperation = "/properties/status/lastOperation";
    private const string LastFailedOperation = "/properties/status/lastFailedOperation";

    private static readonly ThingMemory _nobody = new(); // nothing is ever written into it

    public Heard(SeenMessage message, Signal? signal, Conversation conversation)
    {
        (Message, Signal) = (message, signal);
        if (message.Topic == EdgeTopics.ThingResponse && GatewayIdentity.TryParse(message.Payload.Span, out var identity, out _))
            Identity = identity;
        Update = UpdateNote.Of(message, signal);
        if (signal is null)
            return;
        Thing = conversation.Things.Find(signal.Topic.ThingId) ?? new ThingMemory();
        IsStatement = signal.Kind == "twin command" ? signal.IsUplink : signal is { Kind: "twin event", Bus: null } && !Thing.HasSpoken;
        Action = signal.IsCommand ? ActionMemory.Of(signal) : null;
        if (!IsStatement || signal.Features is not [var part])
            return;
        Report = OperationReport.Of(part, LastOperation);
        Failed = OperationReport.Of(part, LastFailedOperation);
    }

    public SeenMessage Message { get; }

    /// <summary>The envelope; <see langword="null"/> if it is none, or none that can be read.</summary>
    public Signal? Signal { get; }

    /// <summary>Whether it was seen with a clock at hand: recordings without instants count their lines instead.</summary>
    public bool HasInstant => Message.At.Year >= 2000;

    /// <summary>What is remembered of the envelope's thing; empty if there is no envelope.</summary>
    public ThingMemory Thing { get; } = _nobody;

    /// <summary>Whether it states something of a twin that was not stated before: what a device writes, or, where no device is heard, what the twin tells.</summary>
    public bool IsStatement { get; }

    public GatewayIdentity? Identity { get; }

    public UpdateNote? Update { get; }

    /// <summary>A software command.</summary>
    public (string CorrelationId, ActionMemory Action)? Action { get; }

    /// <summary>A new status of a software operation.</summary>
    public OperationReport? Report { get; }

    /// <summary>A failure of a software operation.</summary>
    public OperationReport? Failed { get; }

    /// <summary>The answer to a command; <see langword="null"/> if it is none.</summary>
    public Signal? Answer => Signal is { IsLiveResponse: true, Bus.Kind: DeviceTopicKind.CommandResponse } ? Signal : null;
}
