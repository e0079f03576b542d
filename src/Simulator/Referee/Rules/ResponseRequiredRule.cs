using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>Ditto and container-management differ in what its absence means.</summary>
internal sealed class ResponseRequiredRule : SignalRule
{
    public override string Id => Rule.ResponseRequired;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "A command says whether it wants an answer, and has a request id if it does.";

    public override string Hint => "Send \"response-required\": true to get an answer: Ditto takes its absence for true, container-management for false.";

    public override string Source => "connectors-and-leda.md 1.10 and 6.3; kanto-container-management.md 2.5";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Container, "stop")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Container, "stop") with { Topic = $"command//{Thing}/req//stop" }];

    public override void Check(Signal signal, List<Finding> findings)
    {
        if (!signal.IsCommand)
            return;
        var canAnswer = signal.Bus is { RequestId.Length: > 0 };
        if (canAnswer && signal.Envelope.Headers.Find("response-required") is null)
            findings.Add(Found("/headers/response-required", "true or false", "nothing"));

        if (!canAnswer && signal.Envelope.Headers.ResponseRequired == true)
        {
            findings.Add(Found(
                "topic", "a request id, because an answer is wanted", "none",
                "Write command//<device>/req/<request-id>/<subject>, or ask for no answer: a command without request id is one-way."));
        }
    }
}
