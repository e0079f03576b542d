using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-17. Judged only if the action was seen.</summary>
internal sealed class CancelRule : ConversationRule
{
    public override string Id => Rule.Cancel;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "A cancel names the modules of the action that it cancels.";

    public override string Hint => "Repeat the softwareModules, or the software, of the action with the same correlationId.";

    public override string Source => "payloads.md SEM-17";

    public override IReadOnlyList<ExampleMessage> Passing => [Command(Software, "install", Install()), Command(Software, "cancel", One("app"), "2")];

    public override IReadOnlyList<ExampleMessage> Failing => [Command(Software, "install", Install()), Command(Software, "cancel", One("other"), "2")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Action is not (var id, { Operation: "cancel" or "cancelRemove", Modules.Count: > 0 } cancel) || heard.Signal?.Message?.FeatureId is not { } feature)
            return;
        if (heard.Thing.Actions.Find((feature, id)) is not { IsComplete: true } action || action.Operation.StartsWith("cancel", StringComparison.Ordinal))
            return;
        var (asked, named) = (action.Modules.Order(StringComparer.Ordinal), cancel.Modules.Order(StringComparer.Ordinal));
        if (!asked.SequenceEqual(named))
            findings.Add(Found("/value", $"what '{Words.Short(id)}' named: {Words.Few(asked)}", Words.Few(named)));
    }

    private static string One(string module) => $$$"""{"correlationId":"u-1","softwareModules":[{"softwareModule":{"name":"{{{module}}}","version":"1.0"}}]}""";
}
