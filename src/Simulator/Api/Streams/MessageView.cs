using System.Text;
using System.Text.Unicode;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>The messages to or from a thing or one of its features: each payload as it is, named by its subject (<c>ditto.md</c> 4.5).</summary>
/// <param name="thing">The thing.</param>
/// <param name="path">Where the messages go; without a subject, those of all subjects.</param>
internal sealed class MessageView(ThingId thing, MessagePath path) : ISignalView
{
    private static readonly Subscription _all = new(null, null, null);

    public bool Concerns(Signal signal) =>
        signal.Topic is { Channel: TopicPath.LiveChannel, Criterion: Criterion.Messages } && signal.Topic.ThingId == thing && signal.Envelope.Status is null
        && MessagePath.TryParse(signal.Envelope.Path, out var theirs, out _)
        && (path.Subject.Length > 0 ? theirs == path : theirs with { Subject = "" } == path);

    public ServerEvent? Show(Signal signal, Enforcer reader, DateTimeOffset now) => _all.See(signal, reader, now) is null
        ? null
        : new ServerEvent(Payload(signal.Envelope), signal.Topic.Action);

    /// <summary>The payload; in base64 if it is no text, as nothing else can stand in an event.</summary>
    private static byte[] Payload(Envelope message)
    {
        if (message.Value is not { } value)
            return [];
        var payload = MessageBody.Write(value, message.Headers.ContentType);
        return Utf8.IsValid(payload) ? payload : Encoding.ASCII.GetBytes(Convert.ToBase64String(payload));
    }
}
