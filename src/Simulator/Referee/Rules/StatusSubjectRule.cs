using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-06. Of what is removed the name decides; group and version may be left out (<c>payloads.md</c> 2.2).</summary>
internal sealed class StatusSubjectRule : ConversationRule
{
    public override string Id => Rule.StatusSubject;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A status is about a module, or an installed software, that its command named.";

    public override string Hint => "Repeat name and version of the module as the command had them.";

    public override string Source => "payloads.md SEM-06, (a)";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Software, "install", Install()), Status("STARTED")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Software, "install", Install()), Status("STARTED") with { Payload = Status("STARTED").Payload.Replace("\"app\"", "\"other\"", StringComparison.Ordinal) }];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if ((heard.Report ?? heard.Failed) is not { } report || heard.Thing.Actions.Find((report.Feature, report.CorrelationId)) is not { } action)
            return;
        var named = Words.Few(action.Modules.Select(module => $"'{Words.Short(module)}'"));
        if (report.Subject.Length > 0 && !action.Names(report.Subject))
            findings.Add(Found($"{report.At}/softwareModule", $"one of {named}", $"'{Words.Short(report.Subject)}'"));
        foreach (var item in report.Value.Items("software"u8))
        {
            if (item.Text("name"u8) is { } name && !action.Names(name))
                findings.Add(Found($"{report.At}/software", $"only what the command named, {named}", $"'{Words.Short(name)}'"));
        }
    }
}
