using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>The kinds of signals, and what they are called in control messages.</summary>
internal static class SignalKinds
{
    private static readonly string[] _names = ["EVENTS", "MESSAGES", "LIVE-COMMANDS", "LIVE-EVENTS", "POLICY-ANNOUNCEMENTS"];

    public static int Count => _names.Length;

    public static string Name(this SignalKind kind) => _names[(int)kind];

    /// <summary>What a signal is; <see langword="null"/> if nobody can subscribe to it, as to responses and errors.</summary>
    public static SignalKind? Of(Signal signal) => (signal.Topic.Channel, signal.Topic.Criterion, signal.Envelope.Status) switch
    {
        (TopicPath.TwinChannel, Criterion.Events, null) => SignalKind.Events,
        (TopicPath.LiveChannel, Criterion.Messages, null) => SignalKind.Messages,
        (TopicPath.LiveChannel, Criterion.Commands, null) => SignalKind.LiveCommands,
        (TopicPath.LiveChannel, Criterion.Events, null) => SignalKind.LiveEvents,
        _ => null,
    };
}
