using System.Text.Json;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>As container-management checks it (<c>kanto-container-management.md</c> 2.5, row 4).</summary>
internal sealed class CorrelationIdRule : SignalRule
{
    public override string Id => Rule.CorrelationId;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A command carries a correlation id.";

    public override string Hint => "Add a unique one to each command: container-management answers 400 without it, and nobody can match the answer.";

    public override string Source => "kanto-container-management.md 2.5; connectors-and-leda.md 1.10";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing =>
        [Command(Container, "stop") with { Payload = Command(Container, "stop").Payload.Replace("\"correlation-id\":\"c-1\",", "", StringComparison.Ordinal) }];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (signal.IsCommand && signal.Envelope.Headers.Find("correlation-id") is null or { ValueKind: JsonValueKind.Null })
            findings.Add(Found("/headers/correlation-id", "a correlation id", "nothing"));
    }
}
