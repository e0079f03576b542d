using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Api.Messages;

/// <summary>Whether and how long a caller waits for the answer of a device (<c>ditto.md</c> 1.4 and 3.2).</summary>
/// <param name="Timeout">How long an answer may take.</param>
/// <param name="Wanted">Whether one is wanted.</param>
internal readonly record struct LiveWait(TimeSpan Timeout, bool Wanted)
{
    /// <summary>Reads it.</summary>
    /// <param name="headers">What the caller says.</param>
    /// <param name="otherwise">How long if he says nothing.</param>
    /// <param name="most">How long at most.</param>
    /// <param name="errorId">What is said to a timeout that cannot be: <c>timeout.invalid</c> for messages, <c>gateway:timeout.invalid</c> else.</param>
    /// <param name="wait">The result.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryRead(
        DittoHeaders headers, TimeSpan otherwise, TimeSpan most, string errorId, out LiveWait wait, [NotNullWhen(false)] out DittoError? error)
    {
        wait = default;
        error = null;
        var timeout = otherwise;
        if (headers.Timeout is { } text && (!DittoDuration.TryParse(text, out timeout) || timeout > most))
            error = new DittoError(400, errorId, $"The timeout '{text}' is invalid.", $"Give it as '10', '500ms', '10s' or '1m', at most {most.TotalSeconds:0} s.");
        else if (timeout == TimeSpan.Zero && (headers.ResponseRequired == true || AsksForAcks(headers) == true))
            error = ApiError.HeaderInvalid("timeout", "nobody can answer in no time; it must be positive when a response or acknowledgement is wanted");
        else
            wait = new(timeout, timeout > TimeSpan.Zero && (headers.ResponseRequired ?? AsksForAcks(headers) ?? true));
        return error is null;
    }

    private static bool? AsksForAcks(DittoHeaders headers) =>
        headers.Find("requested-acks") is { ValueKind: JsonValueKind.Array } labels ? labels.GetArrayLength() > 0 : null;
}
