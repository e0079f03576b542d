using System.Text.Json;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>What an answer carries fits its status.</summary>
internal sealed class ResponseValueRule : SignalRule
{
    public override string Id => Rule.ResponseValue;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A 204 has no value; the value of an error repeats the status, and no success carries one.";

    public override string Hint => "Write the same status in the envelope and in the error.";

    public override string Source => "kanto-container-management.md 2.5; payloads.md 1.5";

    public override IReadOnlyList<ExampleMessage> Passing => [Answer(Container, "stop", 500, Error(500))];

    public override IReadOnlyList<ExampleMessage> Failing => [Answer(Container, "stop", 500, Error(404)), Answer("Lamp", "dim", 200, Error(404))];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (!signal.IsLiveResponse)
            return;
        var status = signal.Envelope.Status;
        if (status == 204 && signal.Envelope.Value is { } value)
        {
            findings.Add(Found(
                "/value", "no value beside status 204", Words.Short(value.GetRawText()), "Leave it out, or answer 200: Ditto drops it.", Severity.Warning));
        }

        if (ErrorStatus(signal) is not { } inner)
            return;
        if (status >= 400 && inner != status)
            findings.Add(Found("/value/status", $"the status {status} of the envelope", $"{inner}"));
        if (status is >= 200 and < 300 && IsError(signal))
        {
            findings.Add(Found(
                "/status", "a status of 400 or more beside an error", $"{status}", "Write the status of the failure in the bus topic, the envelope and the error: the caller believes that it succeeded."));
        }
    }

    private static string Error(int status) => $$"""{"error":"messages:execution.failed","status":{{status}},"message":"no"}""";

    private static bool IsError(Signal signal) =>
        signal.Envelope.Value is { } value
        && value.TryGetProperty("error", out var code)
        && code.ValueKind == JsonValueKind.String
        && code.GetString()!.Contains(':', StringComparison.Ordinal);

    private static int? ErrorStatus(Signal signal) =>
        signal.Envelope.Value is { ValueKind: JsonValueKind.Object } error
        && error.TryGetProperty("status", out var status)
        && status.ValueKind == JsonValueKind.Number
        && status.TryGetInt32(out var number)
            ? number
            : null;
}
