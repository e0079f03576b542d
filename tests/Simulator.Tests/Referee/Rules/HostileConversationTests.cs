using System.Text.Json;
using System.Text.Json.Nodes;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Memory;
using Leda.Harness.Simulator.Referee.Rules;

namespace Leda.Harness.Simulator.Tests.Referee.Rules;

/// <summary>Nothing that is said ends the referee or fills its memory.</summary>
public sealed class HostileConversationTests
{
    private static readonly string[] _other = ["null", "true", "-1", "1e300", "\"\"", "\"\\u0000/~:\"", "[]", "[[1]]", "{}", """{"status":{},"correlationId":[],"name":1}"""];

    [Fact]
    public void Judge_ExamplesWithAnyValueReplaced_NeverThrows()
    {
        var count = 0;
        foreach (var rule in RuleBook.All.Where(rule => rule.Id != Rule.More))
        {
            var referee = new ConversationReferee(Cloud.Referee);
            foreach (var message in rule.Passing.Concat(rule.Failing))
            {
                _ = referee.Judge(message.Seen(DateTimeOffset.UnixEpoch));
                foreach (var payload in Twisted(message.Payload))
                {
                    count++;
                    Assert.NotNull(referee.Judge((message with { Payload = payload }).Seen(DateTimeOffset.MaxValue.AddDays(-1))));
                }
            }
        }

        Assert.True(count > 10_000, $"only {count}");
    }

    [Fact]
    public void Remember_MoreThanAnybodyHas_KeepsTheNewest()
    {
        var conversation = new Conversation();
        for (var i = 0; i < 2_000; i++)
        {
            foreach (var message in new[] { Examples.Command("Container:" + i, "stop", id: $"{i}"), Examples.Status("STARTED", $"u-{i}"), Examples.Announced("a", $"f{i}") })
                Hear(conversation, message);
            var other = Examples.Announced("a");
            Hear(conversation, other with { Topic = "e", Payload = other.Payload.Replace("gw-1", $"gw-{i}", StringComparison.Ordinal) });
        }

        Assert.Equal((250, 1_000, 1_000), (conversation.Things.Count, conversation.Requests.Count, conversation.Correlations.Count));
        var thing = conversation.Things.All.Single(entry => entry.Key.ToString() == Examples.Thing).Value;
        Assert.Equal((250, 200, true), (thing.Features.Count, thing.Operations.Count, thing.Operations.HasForgotten));
        Assert.True(thing.Features.Contains("f1999"));
        Assert.False(thing.Features.Contains("f0"));
    }

    [Fact]
    public void Remember_IdOfAMegabyte_IsNotKept()
    {
        var conversation = new Conversation();
        Hear(conversation, Examples.Command(Examples.Container, "stop", id: new string('x', 1 << 20)));

        Assert.Equal((1, 0, 0), (conversation.Things.Count, conversation.Requests.Count, conversation.Correlations.Count));
    }

    [Fact]
    public async Task Judge_ManyWrongFeatures_TakesNoTimeOfTheirSquare()
    {
        var features = string.Join(',', Enumerable.Range(0, 150_000).Select(i => $"\"Container:{i}\":0"));
        var judgement = await JudgeAsync(Examples.Uplink(
            $$$"""{"topic":"acme/gw-1:edge:containers/things/twin/commands/modify","headers":{},"path":"/features","value":{{{{features}}}}}"""));

        Assert.Equal(Verdict.Error, judgement.Verdict);
    }

    [Fact]
    public async Task Judge_UniqueItemsOfNumbersThatDoublesCannotTell_TakesNoTimeOfTheirSquare()
    {
        var software = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"{{\"group\":1.{i:d30}}}"));
        var judgement = await JudgeAsync(Examples.Command(Examples.Software, "remove", $$"""{"correlationId":"a","software":[{{software}}]}"""));

        Assert.Equal(Verdict.Error, judgement.Verdict);
    }

    [Fact]
    public async Task Judge_ManyDigests_TakesNoTimeOfTheirSquare()
    {
        string Artifact(char digest) => $$$"""{"filename":"a","download":{"HTTP":{"url":"http://h/a"}},"size":1,"checksums":{"SHA256":"{{{digest}}}",{{{string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"x{i}\":\"{digest}\""))}}}}}""";
        var judgement = await JudgeAsync(Examples.Command(Examples.Software, "install", Examples.Install(artifacts: $"{Artifact('a')},{Artifact('b')}")));

        Assert.Contains(judgement.Findings, finding => finding.Rule == Rule.ArtifactFile);
    }

    [Fact]
    public void SoftwareType_OfManyFeatures_IsSaidOnceForEach()
    {
        var conversation = new Conversation();
        for (var i = 0; i < 10; i++)
            Hear(conversation, Examples.Announced("a", $"f{i}"));
        var seen = Examples.Announced("a", "g").Seen(DateTimeOffset.UnixEpoch);
        Cloud.Referee.Listen(seen.Topic, seen.Payload, conversation, out var signal);
        var findings = new List<Finding>();
        new SoftwareTypeRule().Check(new Heard(seen, signal, conversation), conversation, findings);

        Assert.Single(findings);
    }

    /// <summary>Judges in a generous time, or fails.</summary>
    private static Task<Judgement> JudgeAsync(ExampleMessage message) =>
        Task.Run(() => new ConversationReferee(Cloud.Referee).Judge(message.Seen(DateTimeOffset.UnixEpoch)), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    private static void Hear(Conversation conversation, ExampleMessage message)
    {
        var seen = message.Seen(DateTimeOffset.UnixEpoch);
        Cloud.Referee.Listen(seen.Topic, seen.Payload, conversation, out var signal);
        conversation.Remember(new Heard(seen, signal, conversation));
    }

    /// <summary>The text with each of its values replaced by each of some others.</summary>
    private static IEnumerable<string> Twisted(string payload)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(payload);
        }
        catch (JsonException)
        {
            yield break;
        }

        foreach (var path in Paths(root, []).ToList())
        {
            foreach (var other in _other)
            {
                var copy = JsonNode.Parse(payload)!;
                var parent = path.SkipLast(1).Aggregate(copy, (node, step) => step is int i ? node[i]! : node[(string)step]!);
                if (path[^1] is int index)
                    parent[index] = JsonNode.Parse(other);
                else
                    parent[(string)path[^1]] = JsonNode.Parse(other);
                yield return copy.ToJsonString();
            }
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode? node, object[] at)
    {
        IEnumerable<(object Step, JsonNode? Child)> children = node switch
        {
            JsonObject o => o.Select(member => ((object)member.Key, member.Value)),
            JsonArray a => a.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (step, child) in children)
        {
            object[] path = [.. at, step];
            yield return path;
            foreach (var deeper in Paths(child, path))
                yield return deeper;
        }
    }
}
