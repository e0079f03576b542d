using System.Reflection;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Rules;

namespace Leda.Harness.Simulator.Tests.Referee.Rules;

/// <summary>Every rule's examples, played to a referee that has heard nothing before.</summary>
public sealed class RuleBookTests
{
    public static TheoryData<string> Ids => [.. RuleBook.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Passing_Played_KeepsTheRuleAndBreaksNoOther(string id)
    {
        var findings = Play(RuleOf(id).Passing);

        Assert.DoesNotContain(findings, finding => IsOf(finding, id) || finding.Severity == Severity.Error);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Failing_Played_BreaksTheRuleAndNoOtherAtThatRank(string id)
    {
        var rule = RuleOf(id);
        var findings = Play(rule.Failing);

        Assert.Contains(findings, finding => IsOf(finding, id) && finding.Severity == rule.Severity);
        Assert.DoesNotContain(findings, finding => !IsOf(finding, id) && finding.Severity == Severity.Error && id != Rule.More);
    }

    [Fact]
    public void All_Ids_AreThoseOfTheListAndDiffer()
    {
        var ids = typeof(Rule).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(ids.Order(StringComparer.Ordinal), RuleBook.All.Select(rule => rule.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_Sentences_AreSentences() => Assert.All(RuleBook.All, rule =>
    {
        Assert.EndsWith(".", rule.Sentence);
        Assert.EndsWith(".", rule.Hint);
        Assert.NotEmpty(rule.Source);
    });

    [Theory]
    [InlineData("schema/container.state", "schema/")]
    [InlineData("schema/none", "schema/none")]
    [InlineData("SEM-04", "SEM-04")]
    [InlineData("x", null)]
    public void Find_IdOfAFinding_GivesItsRule(string id, string? expected) => Assert.Equal(expected, RuleBook.Find(id)?.Id);

    private static List<Finding> Play(IReadOnlyList<ExampleMessage> messages)
    {
        var referee = new ConversationReferee(Cloud.Referee);
        var beginning = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return [.. messages.SelectMany(message => referee.Judge(message.Seen(beginning)).Findings)];
    }

    private static ContractRule RuleOf(string id) => RuleBook.All.Single(rule => rule.Id == id);

    private static bool IsOf(Finding finding, string id) => RuleBook.Find(finding.Rule)?.Id == id;
}
