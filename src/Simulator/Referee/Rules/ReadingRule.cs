namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>A rule that <see cref="MessageReferee"/> checks while it reads a message, before there is an envelope to hold others against.</summary>
internal sealed class ReadingRule(
    string id, Severity severity, string sentence, string hint, string source, ExampleMessage passing, ExampleMessage failing) : ContractRule
{
    public override string Id => id;

    public override Severity Severity => severity;

    public override string Sentence => sentence;

    public override string Hint => hint;

    public override string Source => source;

    public override IReadOnlyList<ExampleMessage> Passing { get; } = [passing];

    public override IReadOnlyList<ExampleMessage> Failing { get; } = [failing];
}
