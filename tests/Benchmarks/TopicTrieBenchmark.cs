using BenchmarkDotNet.Attributes;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Benchmarks;

/// <summary>Finding the one subscriber of a device's command among those of many other devices.</summary>
[MemoryDiagnoser]
public class TopicTrieBenchmark
{
    private readonly TopicTrie<int> _trie = new();
    private readonly List<int> _matches = [];

    /// <summary>How many devices have subscribed to their commands.</summary>
    [Params(1, 10_000)]
    public int Devices { get; set; }

    [GlobalSetup]
    public void Subscribe()
    {
        for (var i = 0; i < Devices; i++)
            _trie.Add(TopicFilter.Parse($"command//ns:gw:dev{i}:edge:containers/req/#"), i);
        _trie.Add(TopicFilter.Parse("e/#"), -1);
    }

    [Benchmark]
    public int Match()
    {
        _matches.Clear();
        _trie.Match("command//ns:gw:dev0:edge:containers/req//start", _matches);
        return _matches.Count;
    }
}
