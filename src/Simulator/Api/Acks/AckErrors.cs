using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Api.Acks;

/// <summary>Errors of acknowledgements, by Ditto's own ids (<c>ditto.md</c> 4.6).</summary>
internal static class AckErrors
{
    public static DittoError LabelInvalid(string label) => new(
        400, "acknowledgement:label.invalid", $"The acknowledgement label '{PlainText.Of(label)}' is invalid.",
        "Use 3 to 100 letters, digits, '-', '_' and ':'.");

    public static DittoError NotDeclared(string label) => new(
        400, "acknowledgement:label.not.declared", $"This connection has not declared the acknowledgement label '{label}'.",
        "Declare it with 'declared-acks' when the WebSocket is opened.");

    public static DittoError NotUnique(string label) => new(
        409, "acknowledgement:label.not.unique", $"Another connection has declared the acknowledgement label '{label}'.",
        "Choose a label of your own, or close the other connection.");

    public static DittoError Timeout(string label, TimeSpan timeout) => new(
        408, "acknowledgement:request.timeout", $"Nobody gave the acknowledgement '{label}' within {timeout.TotalMilliseconds:0} ms.",
        "Connect whoever declares this label, or give it more time with 'timeout'.");

    public static DittoError Late(string label) => new(
        408, "acknowledgement:request.timeout", $"Nobody waits for the acknowledgement '{label}' of this thing and correlation id (any longer).",
        "Acknowledge in time, with the thing and the correlation id of the event, and only labels of its 'requested-acks'.");

    public static DittoError Duplicate(string correlationId) => new(
        409, "acknowledgement:request.duplicate.correlation-id",
        $"A command with the correlation id '{correlationId}' still waits for its acknowledgements.", "Give each command a correlation id of its own.");

    public static DittoError CorrelationIdMissing() => new(
        400, "acknowledgement:correlation-id.missing", "The acknowledgement has no correlation id.", "Copy it from the event.");

    public static DittoError StatusInvalid(string label) => new(
        400, "json.invalid", $"The status of the acknowledgement '{label}' is not from 200 to 599.", "Give the status that HTTP has for what came of it.");

    public static DittoError TooMany(int most) => new(
        429, "too.many.requests", $"{most} commands wait for acknowledgements already.", "Wait for them, or ask for none.");
}
