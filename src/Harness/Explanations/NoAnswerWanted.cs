using System.Text.Json;

namespace Leda.Harness.Explanations;

/// <summary>The command does not ask for an answer: a device gives one only for <c>response-required: true</c>.</summary>
internal sealed class NoAnswerWanted : Cause
{
    /// <inheritdoc/>
    public override Explanation? Find(Record record) =>
        record.Asked.LastOrDefault(c => c.Message.Envelope is { } envelope && envelope.Headers.Find("response-required") is not { ValueKind: JsonValueKind.True }) is { } asked
            ? At(asked.Entry, $"the command {asked.Name} has {Header(asked)}, and so nobody answers it: send \"response-required\": true")
            : null;

    private static string Header(SentCommand command) => command.Message.Envelope!.Headers.Find("response-required") is { } header
        ? $"\"response-required\": {header.GetRawText()}"
        : "no header response-required";
}
