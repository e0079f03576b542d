using System.Text;
using Leda.Harness.Scenarios.Features;

namespace Leda.Harness.Scenarios.Running;

/// <summary>Tells in plain text how a scenario ended: each step with its place, the errors, and what to write for undefined steps.</summary>
internal static class TextReport
{
    public static string Of(ScenarioResult result)
    {
        var scenario = result.Scenario;
        var text = new StringBuilder();
        text.AppendLine($"{result.Status}: {scenario.Feature.Title} / {scenario.Sentence}");
        text.AppendLine($"  at {scenario.Id}");
        if (result.SkipReason is not null) text.AppendLine($"  because: {result.SkipReason}");
        foreach (var step in result.Steps) AddStep(text, step);
        foreach (var hook in result.HookFailures) AddError(text, $"{hook.Kind} hook {hook.Method} failed", hook.Error);
        if (IsUntold(result)) AddError(text, "The scenario failed", result.Error!);
        foreach (var line in result.Output) text.AppendLine($"  | {line}");
        foreach (var file in result.Attachments) text.AppendLine($"  attached: {file}");

        Step[] undefined = [.. result.Steps.Where(step => step.Status == ScenarioStatus.Undefined).Select(step => step.Step)];
        if (undefined.Length > 0) text.AppendLine().AppendLine("To start from:").AppendLine().AppendLine(Snippet.Class(undefined));
        return text.ToString();
    }

    private static void AddStep(StringBuilder text, StepResult result)
    {
        var step = result.Step;
        text.AppendLine($"  {result.Status,-9} {step.Keyword} {step.Text}   # {step.At.File}:{step.At.Line}");
        if (step.DocString is not null) AddLines(text, ["\"\"\"", .. step.DocString.Split('\n'), "\"\"\""]);
        if (step.CreateTable() is { } table) AddLines(text, table.ToString(headersOnly: false, withNewLine: false).Split(Environment.NewLine));
        foreach (var line in result.Output) text.AppendLine($"            | {line}");
        if (result.Status == ScenarioStatus.Undefined) AddLines(text, result.Error!.Message.Split(Environment.NewLine));
        else if (result.Error is not null) AddError(text, null, result.Error);
    }

    private static void AddError(StringBuilder text, string? head, Exception error)
    {
        if (head is not null) text.AppendLine($"  {head}:");
        AddLines(text, ErrorText.LinesOf(error));
    }

    private static void AddLines(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines) text.AppendLine($"            {line}");
    }

    /// <summary>Neither a step nor a hook has told the scenario's error yet: clean-up failed, or the feature did not start.</summary>
    private static bool IsUntold(ScenarioResult result)
        => result.Status is ScenarioStatus.Failed or ScenarioStatus.Ambiguous
        && result.Error is not null
        && result.Steps.All(step => step.Error != result.Error)
        && result.HookFailures.All(hook => hook.Error != result.Error)
        && result.Steps.All(step => step.Status != ScenarioStatus.Undefined);
}
