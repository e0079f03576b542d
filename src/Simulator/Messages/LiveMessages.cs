using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Messages;

/// <summary>
/// Sends live messages to devices by the cloud connector and waits for their answers (<c>ditto.md</c> 3.1).
/// </summary>
/// <param name="live">The way to the devices.</param>
/// <param name="ids">Gives correlation ids.</param>
public sealed class LiveMessages(LiveChannel live, IdSource ids)
{
    /// <summary>Sends a message and waits for the answer, but not beyond the end of the connector.</summary>
    /// <param name="message">The message.</param>
    /// <param name="timeout">How long to wait; default 60 s, as Ditto.</param>
    public Task<MessageResult> RequestAsync(LiveMessage message, TimeSpan? timeout = null)
    {
        var wait = timeout ?? DittoDuration.Default;
        return SendAsync(message, message.ToEnvelope(ids.NewUuid(), true, $"{(long)wait.TotalMilliseconds}ms"), wait);
    }

    /// <summary>Sends a message that nobody is to answer: an empty request id and <c>response-required: false</c>.</summary>
    public Task<MessageResult> NotifyAsync(LiveMessage message) =>
        SendAsync(message, message.ToEnvelope(ids.NewUuid(), false, null), TimeSpan.Zero);

    private Task<MessageResult> SendAsync(LiveMessage message, Envelope envelope, TimeSpan wait) =>
        live.SendAsync(new LiveSignal(TopicPath.LiveMessage(message.Thing, message.Subject), envelope) { Wait = wait, ForDeviceOnly = true });
}
