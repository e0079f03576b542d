using static Leda.Harness.Simulator.JsonSchema.PatternSyntax;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>The states that a pattern goes through, several at a time: from each one character leads on, or two ways are open at once.</summary>
internal sealed class PatternStates
{
    private const int Most = 5_000;

    private readonly List<(Set? Set, int Next, int Other)> _states = [];

    private PatternStates(PatternSyntax syntax)
    {
        End = Add(null, -1, -1);
        Start = Link(syntax, End);
    }

    public int Start { get; }

    /// <summary>Here the pattern has matched.</summary>
    public int End { get; }

    /// <summary>All sets of characters.</summary>
    public IEnumerable<Set> Sets => _states.Select(state => state.Set).OfType<Set>();

    /// <summary>The states of a pattern; <see langword="null"/> if they are too many.</summary>
    public static PatternStates? Of(PatternSyntax syntax)
    {
        try
        {
            return new PatternStates(syntax);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The states that are open once one is.</summary>
    public void Open(int state, SortedSet<int> open)
    {
        var more = new Stack<int>([state]);
        while (more.TryPop(out var next))
        {
            if (next < 0 || !open.Add(next) || _states[next].Set is not null)
                continue;
            more.Push(_states[next].Next);
            more.Push(_states[next].Other);
        }
    }

    /// <summary>The states that a character opens.</summary>
    public SortedSet<int> Step(IEnumerable<int> from, int character)
    {
        var open = new SortedSet<int>();
        foreach (var state in from)
        {
            if (_states[state].Set is { } set && set.Ranges.Any(range => range.Low <= character && character <= range.High))
                Open(_states[state].Next, open);
        }

        return open;
    }

    /// <returns>Where the part starts that leads on to <paramref name="next"/>.</returns>
    private int Link(PatternSyntax syntax, int next) => syntax switch
    {
        Set set => Add(set, next, -1),
        Sequence all => all.Parts.Reverse().Aggregate(next, (then, part) => Link(part, then)),
        Choice any => any.Parts.Select(part => Link(part, next)).Aggregate((one, other) => Add(null, one, other)),
        Repeat repeat => LinkRepeat(repeat, next),
        _ => throw new FormatException(),
    };

    private int LinkRepeat(Repeat repeat, int next)
    {
        var start = next;
        if (repeat.Most is { } most)
        {
            for (var i = repeat.Least; i < most; i++)
                start = Add(null, Link(repeat.Part, start), next);
        }
        else
        {
            start = Add(null, -1, next);
            _states[start] = (null, Link(repeat.Part, start), next);
        }

        for (var i = 0; i < repeat.Least; i++)
            start = Link(repeat.Part, start);
        return start;
    }

    private int Add(Set? set, int next, int other)
    {
        if (_states.Count == Most)
            throw new FormatException();
        _states.Add((set, next, other));
        return _states.Count - 1;
    }
}
