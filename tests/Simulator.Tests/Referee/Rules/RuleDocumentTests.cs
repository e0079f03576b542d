using System.Runtime.CompilerServices;
using System.Text;
using Leda.Harness.Simulator.Referee.Rules;

namespace Leda.Harness.Simulator.Tests.Referee.Rules;

/// <summary>Writes <c>docs/rules.md</c> from the book; <c>.ci/run</c> compares it with what is committed.</summary>
public sealed class RuleDocumentTests
{
    [Fact]
    public void RuleBook_Written_IsTheDocument()
    {
        var text = Write();
        if (Path.Exists(Documents()))
            File.WriteAllText(Path.Combine(Documents(), "rules.md"), text);

        Assert.All(RuleBook.All, rule => Assert.Contains($"\n## {rule.Id}", text, StringComparison.Ordinal));
    }

    private static string Write()
    {
        var text = new StringBuilder();
        text.Append("# Rules of the referee\n\n")
            .Append("Written by the test run (`tests/Simulator.Tests/Referee/Rules`) from `RuleBook`; do not edit. ")
            .Append("The examples are played in that run: the first ones break no rule, the second ones break this rule and no other with ERROR.\n\n")
            .Append("| rule | at worst | what must be |\n|---|---|---|\n");
        foreach (var rule in RuleBook.All)
            text.Append($"| [{rule.Id}](#{Anchor(rule.Id)}) | {rule.Severity} | {Escape(rule.Sentence)} |\n");
        foreach (var rule in RuleBook.All)
        {
            text.Append($"\n## {rule.Id}\n\n{Escape(rule.Sentence)} ({rule.Severity})\n\n{Escape(rule.Hint)}\n\nSource: {rule.Source}\n");
            Write(text, "Kept", rule.Passing);
            Write(text, "Broken", rule.Failing);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, string title, IReadOnlyList<ExampleMessage> messages)
    {
        text.Append($"\n{title}:\n\n```text\n");
        foreach (var message in messages)
        {
            var after = message.After > TimeSpan.Zero ? $"after {message.After.TotalSeconds:0} s: " : "";
            var who = message.Who.Length > 0 ? $"{message.Who}: " : "";
            text.Append($"{after}{who}{(message.Topic.Length > 0 ? message.Topic : "(no topic)")} {Short(message.Payload)}\n");
        }

        text.Append("```\n");
    }

    private static string Short(string payload) => payload.Length <= 1_000 ? payload : $"{payload[..1_000]}…";

    private static string Escape(string sentence) => sentence.Replace("<", "&lt;", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Anchor(string id) => id.ToLowerInvariant().Replace("/", "", StringComparison.Ordinal);

    private static string Documents([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../../../../docs"));
}
