using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Messages;

/// <summary>Errors of the live channel, by Ditto's own ids (<c>ditto.md</c> 3.2, 3.3 and 4.6).</summary>
public static class LiveErrors
{
    /// <summary>Nobody answered in time.</summary>
    /// <param name="isCommand">Whether it was a live command, whose clients compare the text.</param>
    public static DittoError TimedOut(bool isCommand) => new(
        408, "command.timeout",
        isCommand ? "Received no appropriate live response within the specified timeout." : "Nobody answered the message in time.",
        "Try increasing the command timeout.");

    /// <summary>A request with the same correlation id still waits for its answer.</summary>
    public static DittoError Duplicate(string correlationId) => new(
        409, "acknowledgement:request.duplicate.correlation-id",
        $"A request with the correlation id '{correlationId}' still waits for its answer.", "Give each request a correlation id of its own.");

    /// <summary>More requests wait for answers than the channel keeps.</summary>
    public static DittoError TooMany(int most) => new(
        429, "too.many.requests", $"{most} requests wait for an answer already.", "Wait for answers, or send with timeout=0.");

    /// <summary>The sender may not send messages there.</summary>
    public static DittoError SendNotAllowed(ThingId thing) => new(
        403, "messages:send.notallowed", $"You may not send this message to the Thing with ID '{thing}'.",
        "It takes WRITE on the message's resource in the thing's policy.");

    /// <summary>The sender may not tell live events of that thing.</summary>
    public static DittoError EventNotAllowed(ThingId thing) => new(
        403, "things:event.notallowed", $"You may not send live events of the Thing with ID '{thing}'.",
        "It takes WRITE on what the event tells of, in the thing's policy.");

    /// <summary>A response that does not fit the command it answers.</summary>
    public static DittoError Illegal(string problem) => new(
        422, "protocoladapter:illegal.adaptable", $"The live response is none for its command: {problem}.",
        "Answer on the topic and path of the command, with a status that its kind of response can have.");

    /// <summary>A response that nobody waits for; not Ditto's, which drops it in silence.</summary>
    public static DittoError Unawaited(string? correlationId) => new(
        408, "live:response.unawaited", $"Nobody waits for a response with the correlation id '{correlationId}' (any longer); it is dropped.",
        "Answer once, in time, and with the correlation id of the request.");
}
