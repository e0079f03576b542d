using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Protocol.Tests.Messaging;

public sealed class TopicFilterTests
{
    [Theory]
    // The examples of MQTT 3.1.1, section 4.7.1 to 4.7.3.
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "sport/tennis", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("+/tennis/#", "sport/tennis", true)]
    [InlineData("sport/+/player1", "sport/tennis/player1", true)]
    // Reserved topics.
    [InlineData("#", "$SYS/uptime", false)]
    [InlineData("+/uptime", "$SYS/uptime", false)]
    [InlineData("$SYS/#", "$SYS/uptime", true)]
    [InlineData("$SYS/#", "$SYS", true)]
    [InlineData("$SYS/+", "$SYS/uptime", true)]
    [InlineData("a/#", "a/$b", true)]
    [InlineData("+/$b", "a/$b", true)]
    // Empty levels are levels: the platform's own topics are full of them.
    [InlineData("command//+/req/#", "command//ns:gw:dev/req//start", true)]
    [InlineData("command///req//+", "command///req//start", true)]
    [InlineData("command/+/req/#", "command//ns/req/1/start", false)]
    [InlineData("command/#", "command//x/req//y", true)]
    [InlineData("c/+/+/+/+/+", "c//x/req//y", true)]
    [InlineData("/", "/", true)]
    [InlineData("+/+", "/", true)]
    [InlineData("/", "//", false)]
    [InlineData("a/", "a", false)]
    [InlineData("a", "a/", false)]
    // Exact characters.
    [InlineData("a/b", "a/B", false)]
    [InlineData("a/b", "a/bc", false)]
    [InlineData("a/bc", "a/b", false)]
    [InlineData("a/b/#", "a/bc", false)]
    [InlineData("a/#", "ab", false)]
    public void Matches_FilterAndTopic_AsTheStandardSays(string filter, string topic, bool expected)
    {
        var parsed = TopicFilter.Parse(filter);
        var trie = new TopicTrie<string>();
        trie.Add(parsed, "it");
        var found = new List<string>();
        trie.Match(topic, found);

        Assert.Equal(expected, parsed.Matches(topic));
        Assert.Equal(expected ? ["it"] : [], found);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(null, "empty")]
    [InlineData("a/b#", "level 2")]
    [InlineData("a/+b/c", "level 2")]
    [InlineData("##", "level 1")]
    [InlineData("a/#/c", "after '#'")]
    [InlineData("a/\0", "null character")]
    [InlineData("$share/group/a", "shared")]
    public void TryParse_BadFilter_NamesTheBadPart(string? text, string expected)
    {
        Assert.False(TopicFilter.TryParse(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_TooManyLevelsOrBytes_IsRefused()
    {
        Assert.True(TopicFilter.TryParse(new string('/', TopicFilter.MaxLevels - 1), out _, out _));
        Assert.False(TopicFilter.TryParse(new string('/', TopicFilter.MaxLevels), out _, out _));
        Assert.True(TopicFilter.TryParse(new string('a', TopicName.MaxBytes), out _, out _));
        Assert.False(TopicFilter.TryParse(new string('ä', TopicName.MaxBytes / 2 + 1), out _, out _));
    }

    [Theory]
    [InlineData("command///req//start", null)]
    [InlineData("$aws/things", null)]
    [InlineData("a/+/b", "wildcard")]
    [InlineData("#", "wildcard")]
    [InlineData("", "empty")]
    [InlineData("$SYS/broker/uptime", "$SYS")]
    public void Check_TopicName_SaysWhatIsWrong(string topic, string? expected)
    {
        var problem = TopicName.Check(topic);

        if (expected is null)
            Assert.Null(problem);
        else
            Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
