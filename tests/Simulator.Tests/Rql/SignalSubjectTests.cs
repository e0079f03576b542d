using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Tests.Rql;

public sealed class SignalSubjectTests
{
    private const string Modified = "acme/press/things/twin/events/modified";

    [Theory]
    // The change alone is seen, wherever it stands.
    [InlineData("/attributes/counter", "42", null, "eq(attributes/counter,42)", true)]
    [InlineData("/attributes/counter", "42", null, "eq(attributes/location,\"kitchen\")", false)]
    [InlineData("/attributes/counter", "42", null, "ne(attributes/location,\"kitchen\")", true)]
    [InlineData("/attributes", """{"counter":42}""", null, "eq(attributes/counter,42)", true)]
    [InlineData("/", """{"attributes":{"counter":42}}""", null, "eq(attributes/counter,42)", true)]
    [InlineData("/", """{"policyId":"a:b","definition":"a:b:1"}""", null, "and(eq(policyId,'a:b'),eq(definition,'a:b:1'))", true)]
    [InlineData("/policyId", "\"a:b\"", null, "eq(policyId,'a:b')", true)]
    [InlineData("/attributes/a/b", "1", null, "exists(attributes/a)", true)]
    [InlineData("/attributes/a/b", "1", null, "empty(attributes/a)", false)]
    [InlineData("/attributes/a/b", "1", null, "eq(attributes/a,1)", false)]
    [InlineData("/features/f/properties/p", "20", null, "ge(features/f/properties/p,20)", true)]
    [InlineData("/features/f/properties/p", "10", null, "ge(features/f/properties/p,20)", false)]
    [InlineData("/features/f/properties/p", "20", null, "ge(features/*/properties/p,20)", true)]
    [InlineData("/features/f/properties", """{"p":20}""", null, "ge(features/*/properties/p,20)", true)]
    [InlineData("/features/f", """{"properties":{"p":20}}""", null, "ge(features/*/properties/p,20)", true)]
    [InlineData("/features", """{"e":{},"f":{"properties":{"p":20}}}""", null, "ge(features/*/properties/p,20)", true)]
    [InlineData("/", """{"features":{"e":null,"f":{"properties":{"p":20}}}}""", null, "ge(features/*/properties/p,20)", true)]
    [InlineData("/features/f/properties/q", "20", null, "exists(features/*)", true)]
    [InlineData("/features/f/properties/q", "20", null, "exists(features/*/properties/p)", false)]
    // H09, K04: what was added counts as well; the change goes first.
    [InlineData("/attributes/counter", "42", """{"attributes":{"location":"kitchen"}}""",
        "and(eq(attributes/location,\"kitchen\"),eq(attributes/counter,42))", true)]
    [InlineData("/attributes/counter", "41", """{"attributes":{"location":"kitchen"}}""",
        "and(eq(attributes/location,\"kitchen\"),eq(attributes/counter,42))", false)]
    [InlineData("/features/g/properties/other", "1", """{"features":{"f":{"properties":{"p":30}}}}""", "gt(features/f/properties/p,20)", true)]
    [InlineData("/features/g/properties/p", "1", """{"features":{"f":{"properties":{"p":30}}}}""", "gt(features/*/properties/p,20)", true)]
    [InlineData("/attributes/a", "1", """{"attributes":{"a":2}}""", "eq(attributes/a,2)", false)]
    // After a delete nothing is there but the path.
    [InlineData("/attributes/a", null, null, "exists(attributes/a)", false)]
    [InlineData("/attributes/a", null, null, "eq(resource:path,\"/attributes/a\")", true)]
    public void H09_K04_Matches_Event_SeesTheChangeAndWhatWasAdded(string path, string? value, string? extra, string filter, bool holds) =>
        Assert.Equal(holds, Matches(filter, Subjects.Signal(Modified, path, value, extra)));

    [Theory]
    [InlineData("eq(topic:full,\"acme/press/things/twin/events/modified\")", true)]
    [InlineData("eq(topic:namespace,\"acme\")", true)]
    [InlineData("eq(topic:entityName,\"press\")", true)]
    [InlineData("eq(topic:group,\"things\")", true)]
    [InlineData("eq(topic:channel,\"twin\")", true)]
    [InlineData("eq(topic:criterion,\"events\")", true)]
    [InlineData("in(topic:action,'created','modified')", true)]
    [InlineData("exists(topic:subject)", false)]
    [InlineData("eq(topic:action-subject,\"modified\")", true)]
    [InlineData("eq(resource:type,\"thing\")", true)]
    [InlineData("like(resource:path,\"/features/*\")", true)]
    [InlineData("eq(entity:id,\"acme:press\")", true)]
    [InlineData("eq(entity:namespace,\"acme\")", true)]
    [InlineData("eq(entity:name,\"press\")", true)]
    [InlineData("eq(thingId,\"acme:press\")", true)]
    [InlineData("eq(namespace,\"acme\")", true)]
    [InlineData("eq(_revision,7)", true)]
    [InlineData("gt(_modified,time:now-1h)", true)]
    [InlineData("gt(time:now,\"2026-03-04T09:15:26Z\")", false)]
    [InlineData("gt(time:now,\"2026-03-04T09:15:26.501Z\")", true)]
    public void Matches_Event_KnowsItsPlaceholders(string filter, bool holds)
    {
        var signal = Subjects.Signal(Modified, "/features/f/properties/p", "1") with { Revision = 7, Modified = Subjects.Now };

        Assert.Equal(holds, Matches(filter, signal));
    }

    [Theory]
    [InlineData("eq(topic:subject,\"ask/me\")", true)]
    [InlineData("eq(topic:action-subject,\"ask/me\")", true)]
    [InlineData("exists(topic:action)", false)]
    [InlineData("eq(resource:type,\"message\")", true)]
    [InlineData("eq(resource:path,\"/inbox/messages/ask/me\")", true)]
    [InlineData("eq(thingId,\"acme:press\")", true)]
    [InlineData("eq(attributes/a,1)", true)]
    [InlineData("exists(attributes/b)", false)]
    public void Matches_Message_SeesNoPayloadButWhatWasAdded(string filter, bool holds) => Assert.Equal(
        holds,
        Matches(filter, Subjects.Signal(
            "acme/press/things/live/messages/ask/me", "/inbox/messages/ask/me", """{"attributes":{"b":1}}""", """{"attributes":{"a":1}}""")));

    private static bool Matches(string filter, RqlSubject subject) =>
        RqlExpression.TryParseSignalFilter(filter, out var expression, out var error)
            ? expression.Matches(subject, RqlSemantics.InMemory)
            : throw new FormatException(error.Description);
}
