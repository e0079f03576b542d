using Leda.Harness.Explanations;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Tests.Explanations;

/// <summary>Causes that our own device does not bring about, from journals written for it.</summary>
public sealed class RecordedMissesTests
{
    private const string Thing = "n:g:edge:containers";
    private const string Command = """{"topic":"n/g:edge:containers/things/live/messages/start","headers":{"correlation-id":"c1","response-required":true},"path":"/features/F/inbox/messages/start"}""";

    private static readonly Awaited _answer = new(_ => false, 0, ThingId.Parse(Thing), new GatewayIdentity("n:g", "t")) { CorrelationId = "c1" };

    [Fact]
    public void AnswerWithAnotherCorrelationId_IsNamed() => Assert.Equal(
        ("CorrelationMismatch", 5), First(_answer, Device(), Sent(), Said($"command//{Thing}/res/r1/204", Answer("c2"))));

    [Fact]
    public void AnswerWithoutCorrelationId_IsNamed() => Assert.Equal(
        ("CorrelationMismatch", 5), First(_answer, Device(), Sent(), Said($"command//{Thing}/res/r1/204", """{"topic":"n/g:edge:containers/things/live/messages/start","headers":{},"path":"/x","status":204}""")));

    [Theory]
    [InlineData($"command//{Thing}/res/r2/204")]
    [InlineData($"command/t/{Thing}/res/r1/204")]
    [InlineData($"e/t/{Thing}")]
    public void AnswerOnAnotherTopic_IsNamed(string topic) =>
        Assert.Equal(("OtherTopic", 5), First(_answer, Device(), Sent(), Said(topic, Answer("c1"))));

    [Fact]
    public void NobodyTakesCommands_IsNamed() => Assert.Equal(("NoSubscriber", 3), First(_answer, Connector(), Sent()));

    [Fact]
    public void DeviceTakesOtherCommands_IsNamedWithWhatItTakes()
    {
        var explanations = Explain(_answer, Connector(), [Entry(JournalKind.Subscribe, "device", "command//n:h:edge:containers/req/#")], Sent());

        Assert.Equal("OtherSubscription", explanations[0].Cause);
        Assert.Contains("command//n:h:edge:containers/req/#", explanations[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void EventOfAnotherTenant_IsNamed()
    {
        var awaited = new Awaited(e => e.Topic == $"e/t/{Thing}", 0, ThingId.Parse(Thing), new GatewayIdentity("n:g", "t"));

        Assert.Equal(("OtherTenant", 4), First(awaited, Device(), Said($"e/u/{Thing}", Answer("c1"))));
    }

    [Fact]
    public void NamespaceThatIsTheTenant_IsSaidToBe()
    {
        var awaited = new Awaited(Awaited.Change(ThingId.Parse(Thing), "F"), 0, ThingId.Parse(Thing), new GatewayIdentity("n:g", "t"));

        var explanations = Explain(awaited, Device(), Said($"e/t/{Thing}", """{"topic":"t/g:edge:containers/things/twin/commands/modify","path":"/features/F","value":{}}"""));

        Assert.Equal("OtherNamespace", explanations[0].Cause);
        Assert.Contains("which is the tenant", explanations[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void NeverTold_IsNamed()
    {
        var awaited = new Awaited(e => e.Topic.StartsWith("e/", StringComparison.Ordinal), 0, ThingId.Parse(Thing), new GatewayIdentity("n:g", "t"));

        Assert.Equal(("NoIdentity", 3), First(awaited, Connector(), Said(EdgeTopics.ThingRequest, "")));
    }

    [Fact]
    public void WhatWasForgotten_IsNotSaidToHaveNeverBeen()
    {
        var entries = Numbered([Sent()]).Select(e => e with { Sequence = e.Sequence + 1_000 }).ToList();

        Assert.Empty(NearestMisses.Of(entries, _answer));
    }

    [Fact]
    public void ThreeAtMost_AndControlCharactersAreShownAsText()
    {
        var explanations = Explain(_answer, [Sent()[0] with { Topic = $"command//{Thing}/req//st\u001bart", Payload = BusMessage.Of("", Command.Replace("true", "false", StringComparison.Ordinal)).Payload }]);

        Assert.Equal(3, explanations.Count);
        Assert.All(explanations, e => Assert.DoesNotContain('\u001b', $"{e}"));
    }

    private static (string Cause, long? At) First(Awaited awaited, params JournalEntry[][] parts) =>
        Explain(awaited, parts) is [var first, ..] ? (first.Cause, first.At) : ("", null);

    private static IReadOnlyList<Explanation> Explain(Awaited awaited, params JournalEntry[][] parts) => NearestMisses.Of(Numbered(parts), awaited);

    private static List<JournalEntry> Numbered(JournalEntry[][] parts) => [.. parts.SelectMany(p => p).Select((entry, i) => entry with { Sequence = i })];

    private static JournalEntry[] Connector() =>
    [
        Entry(JournalKind.Connect, "connector", ""), Entry(JournalKind.Subscribe, "connector", "e/#"),
        Entry(JournalKind.Publish, "connector", EdgeTopics.ThingResponse, """{"deviceId":"n:g","tenantId":"t"}"""),
    ];

    private static JournalEntry[] Device() => [.. Connector(), Entry(JournalKind.Subscribe, "device", $"command//{Thing}/req/#")];

    private static JournalEntry[] Sent() => [Entry(JournalKind.Publish, "cloud", $"command//{Thing}/req/r1/start", Command)];

    private static JournalEntry[] Said(string topic, string payload) => [Entry(JournalKind.Publish, "device", topic, payload)];

    private static string Answer(string id) =>
        $$"""{"topic":"n/g:edge:containers/things/live/messages/start","headers":{"correlation-id":"{{id}}"},"path":"/features/F/outbox/messages/start","status":204}""";

    private static JournalEntry Entry(JournalKind kind, string who, string topic, string payload = "") =>
        new() { At = DateTimeOffset.UnixEpoch, Kind = kind, Who = who, Topic = topic, Payload = BusMessage.Of("", payload).Payload };
}
