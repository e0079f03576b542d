using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Protocol.Tests.Ditto;

public sealed class TopicPathTests
{
    [Theory]
    [InlineData("foo/bar:baz:edge:containers/things/twin/commands/modify", "foo:bar:baz:edge:containers", "twin", Criterion.Commands, "modify")]
    [InlineData("acme.plant/press-7/things/twin/events/created", "acme.plant:press-7", "twin", Criterion.Events, "created")]
    [InlineData("a/b/things/live/messages/data", "a:b", "live", Criterion.Messages, "data")]
    [InlineData("a/b/things/live/messages/my/long/subject", "a:b", "live", Criterion.Messages, "my/long/subject")]
    [InlineData("/lamp/things/twin/commands/delete", ":lamp", "twin", Criterion.Commands, "delete")]
    [InlineData("a/b/things/twin/search/subscribe", "a:b", "twin", Criterion.Search, "subscribe")]
    [InlineData("a/b/things/twin/acks/label", "a:b", "twin", Criterion.Acks, "label")]
    [InlineData("a/b/things/twin/announcements/x", "a:b", "twin", Criterion.Announcements, "x")]
    [InlineData("a/b/things/twin/streaming/complete", "a:b", "twin", Criterion.Streaming, "complete")]
    [InlineData("a/b/things/twin/errors", "a:b", "twin", Criterion.Errors, "")]
    public void Parse_Topic_ComesBack(string text, string thing, string channel, Criterion criterion, string action)
    {
        var topic = TopicPath.Parse(text);

        Assert.Equal(new TopicPath(ThingId.Parse(thing), channel, criterion, action), topic);
        Assert.Equal(text, topic.ToString());
    }

    [Theory]
    [InlineData("", "too short")]
    [InlineData("a/b/things/twin", "too short")]
    [InlineData("a/b/policies/twin/commands/modify", "group")]
    [InlineData("a/b/things/both/commands/modify", "channel")]
    [InlineData("a/b/things/twin/orders/modify", "criterion")]
    [InlineData("a/b/things/twin/commands/explode", "command 'explode'")]
    [InlineData("a/b/things/twin/events/modify", "event 'modify'")]
    [InlineData("a/b/things/live/messages", "subject")]
    [InlineData("a/b/things/twin/errors/x", "errors")]
    [InlineData("//things/twin/commands/modify", "name")]
    [InlineData("/:edge:containers/things/twin/commands/modify/", "command")]
    public void TryParse_NoTopic_NamesTheBadSegment(string text, string part)
    {
        Assert.False(TopicPath.TryParse(text, out _, out var problem));
        Assert.Contains(part, problem, StringComparison.Ordinal);
    }
}
