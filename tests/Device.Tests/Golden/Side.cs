namespace Leda.Harness.Device.Tests.Golden;

/// <summary>One of the two runs that are compared.</summary>
internal sealed class Side
{
    private readonly Normalizer _normalizer = new();
    private readonly List<string> _containers = [];

    /// <summary>The recorded driver's text, for the containers of this run.</summary>
    public string Translate(string text, Side recorded) =>
        recorded._containers.Zip(_containers).Aggregate(text, (t, pair) => t.Replace(pair.First, pair.Second));

    /// <summary>The messages, made comparable: lane by lane, each in its order.</summary>
    public string[] Take(IEnumerable<Message> messages)
    {
        var sorted = messages.GroupBy(m => m.Lane).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g).ToList();
        _containers.AddRange(sorted.Select(m => m.CreatedContainer).OfType<string>());
        return [.. sorted.Select(m => $"{m.Lane}: {_normalizer.Normalize(m)}")];
    }
}
