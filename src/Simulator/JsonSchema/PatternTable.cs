using System.Buffers;
using System.Text;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>
/// A regular expression as a table: one look-up for each character of the text, whatever the text, no garbage, nothing to transcode.
/// </summary>
internal sealed class PatternTable
{
    private const int Refused = 0; // whatever follows
    private const int Matched = 1; // whatever follows
    private const int Start = 2;
    private const int MostStates = 1_000;
    private const int Many = 26; // characters that change nothing: from here on they are looked for as a whole

    private readonly byte[] _classOfAscii = new byte[128];
    private readonly int[] _lows; // where classes of characters start
    private readonly int[] _classes; // which class starts there
    private readonly int _width;
    private readonly ushort[] _next;
    private readonly bool[] _isEnd;
    private readonly SearchValues<byte>?[] _unchanging; // by state: the characters that change nothing, if they are many

    private PatternTable(int[] lows, int[] classes, int width, List<int[]> next, List<bool> isEnd)
    {
        (_lows, _classes, _width) = (lows, classes, width);
        _next = [.. next.SelectMany(row => row).Select(state => (ushort)(state * width))];
        _isEnd = [.. isEnd];
        for (var i = 0; i < _classOfAscii.Length; i++)
            _classOfAscii[i] = (byte)ClassOf(i);
        _unchanging = [.. next.Select(Unchanging)];
    }

    /// <summary>The table of a pattern that .NET has taken; <see langword="null"/> if it needs more than a table, or too large a one.</summary>
    public static PatternTable? Of(string pattern)
    {
        if (PatternParser.Parse(pattern, out var isStart, out var isEnd) is not { } syntax || PatternStates.Of(syntax) is not { } states)
            return null;
        var bounds = states.Sets.SelectMany(set => set.Ranges).SelectMany(range => new[] { range.Low, range.High + 1 }).Append(0)
            .Where(bound => bound <= char.MaxValue).Distinct().Order().ToArray();

        // Stretches of characters that all sets treat alike are one class.
        var keys = bounds.Select(low => string.Concat(states.Sets.Select(set => set.Ranges.Any(r => r.Low <= low && low <= r.High) ? '1' : '0'))).ToList();
        var kinds = keys.Distinct().ToList();
        if (kinds.Count > 200)
            return null;
        var examples = kinds.ConvertAll(kind => bounds[keys.IndexOf(kind)]);
        return Explore(states, isStart, isEnd, examples) is not var (next, ends) || next.Count * kinds.Count > ushort.MaxValue
            ? null
            : new PatternTable(bounds, [.. keys.Select(key => kinds.IndexOf(key))], kinds.Count, next, ends);
    }

    /// <summary>Whether the text has a part that matches.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        var next = _next;
        var classes = _classOfAscii;
        var state = Start * _width;
        for (var i = 0; i < utf8.Length;)
        {
            var unit = utf8[i];
            if (unit < classes.Length)
            {
                var before = state;
                state = next[state + classes[unit]];
                i++;
                if (state == before && _unchanging[state / _width] is { } unchanging)
                    i = utf8[i..].IndexOfAnyExcept(unchanging) is var length && length < 0 ? utf8.Length : i + length;
            }
            else
            {
                state = StepOver(utf8[i..], state, out var width);
                i += width;
            }

            if (state <= Matched * _width)
                return state != Refused;
        }

        return _isEnd[state / _width];
    }

    /// <summary>One character beyond ASCII; those beyond 16 bits count as two, as in ECMA 262.</summary>
    private int StepOver(ReadOnlySpan<byte> utf8, int state, out int length)
    {
        Rune.DecodeFromUtf8(utf8, out var rune, out length);
        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
            state = _next[state + ClassOf(unit)];
        return state;
    }

    private SearchValues<byte>? Unchanging(int[] row, int state)
    {
        var units = Enumerable.Range(0, _classOfAscii.Length).Where(unit => row[_classOfAscii[unit]] == state).Select(unit => (byte)unit).ToArray();
        return units.Length < Many ? null : SearchValues.Create(units);
    }

    private int ClassOf(int character)
    {
        var at = Array.BinarySearch(_lows, character);
        return _classes[at >= 0 ? at : ~at - 1];
    }

    /// <summary>Finds all sets of states that can be open at once, and what leads from one to the other.</summary>
    private static (List<int[]> Next, List<bool> IsEnd)? Explore(PatternStates states, bool isStart, bool isEnd, List<int> examples)
    {
        var first = new SortedSet<int>();
        states.Open(states.Start, first);
        var known = new Dictionary<string, int>();
        var open = new List<SortedSet<int>?> { null, null };
        int Place(SortedSet<int> set)
        {
            if (set.Count == 0)
                return Refused;
            if (!isEnd && set.Contains(states.End))
                return Matched;
            var key = string.Join(',', set);
            if (!known.TryGetValue(key, out var place))
            {
                known.Add(key, place = open.Count);
                open.Add(set);
            }

            return place;
        }

        if (Place(first) != Start)
            return null; // it matches every text
        var next = new List<int[]> { Row(examples, Refused), Row(examples, Matched) };
        for (var i = Start; i < open.Count; i++)
        {
            if (i == MostStates)
                return null;
            next.Add([.. examples.Select(character =>
            {
                var set = states.Step(open[i]!, character);
                if (!isStart)
                    set.UnionWith(first);
                return Place(set);
            })]);
        }

        var ends = open.ConvertAll(set => set is null || set.Contains(states.End));
        ends[Refused] = false;
        for (var i = Start; i < next.Count; i++) // nothing that follows changes anything
        {
            if (ends[i] && next[i].All(state => state == i))
                next = next.ConvertAll(row => Array.ConvertAll(row, state => state == i ? Matched : state));
        }

        return (next, ends);
    }

    private static int[] Row(List<int> examples, int state) => [.. examples.Select(_ => state)];
}
