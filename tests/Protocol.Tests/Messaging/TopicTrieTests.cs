using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Protocol.Tests.Messaging;

public sealed class TopicTrieTests
{
    private static readonly string[] _levels = ["", "a", "b", "$c", "+", "#"];

    private readonly TopicTrie<int> _trie = new();

    [Fact]
    public void Match_RandomFiltersAndTopics_AgreesWithTheFilters()
    {
        var random = new IdSource(20_260_101);
        for (var round = 0; round < 2_000; round++)
        {
            var trie = new TopicTrie<TopicFilter>();
            var filters = Enumerable.Range(0, 12).Select(_ => RandomText(random, _levels.Length)).ToList()
                .ConvertAll(text => TopicFilter.TryParse(text, out var filter, out var _) ? filter : TopicFilter.Parse("#"));
            foreach (var filter in filters)
                trie.Add(filter, filter);
            foreach (var filter in filters.Take(4))
                Assert.True(trie.Remove(filter, filter));
            var topic = RandomText(random, _levels.Length - 2) is { Length: > 0 } text ? text : "/";
            var found = new List<TopicFilter>();
            trie.Match(topic, found);

            Assert.Equal(
                filters.Skip(4).Where(f => f.Matches(topic)).Select(f => f.Text).Order(),
                found.Select(f => f.Text).Order());
        }
    }

    [Fact]
    public void Remove_LastValue_LeavesNothingBehind()
    {
        var filters = new[] { "a/b/c", "a/+/c", "a/#", "a/b", "#", "+" }.Select(TopicFilter.Parse).ToList();
        foreach (var filter in filters)
            _trie.Add(filter, 1);
        Assert.Equal(filters.Count, _trie.Count);

        foreach (var filter in filters)
            Assert.True(_trie.Remove(filter, 1));

        Assert.Equal(0, _trie.Count);
        Assert.Empty(Found("a/b/c"));
        Assert.All(filters, filter => Assert.False(_trie.Remove(filter, 1)));
    }

    [Fact]
    public void Remove_OneOfTwo_KeepsTheOtherAndItsBranch()
    {
        _trie.Add(TopicFilter.Parse("a/b"), 1);
        _trie.Add(TopicFilter.Parse("a/b"), 2);
        _trie.Add(TopicFilter.Parse("a/b/c"), 3);

        Assert.False(_trie.Remove(TopicFilter.Parse("a"), 1));
        Assert.False(_trie.Remove(TopicFilter.Parse("a/b"), 3));
        Assert.True(_trie.Remove(TopicFilter.Parse("a/b"), 1));

        Assert.Equal([2], Found("a/b"));
        Assert.Equal([3], Found("a/b/c"));
    }

    [Fact]
    public void Match_ManySubscriptionsThatDoNotMatch_AllocatesNothing()
    {
        for (var i = 0; i < 1_000; i++)
            _trie.Add(TopicFilter.Parse($"command//device-{i}/req/#"), i);
        var found = new List<int>(capacity: 4);
        _trie.Match("command//device-7/req//start", found);
        found.Clear();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            _trie.Match("command//device-none/req//start", found);
        _trie.Match("command//device-7/req//start", found);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal([7], found);
    }

    private List<int> Found(string topic)
    {
        var found = new List<int>();
        _trie.Match(topic, found);
        return found;
    }

    private static string RandomText(IdSource random, int kinds) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => _levels[random.Next(0, kinds)]));
}
