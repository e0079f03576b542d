namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>What a regular expression is made of, as far as a table can match it.</summary>
internal abstract record PatternSyntax
{
    /// <summary>One character out of ranges.</summary>
    public sealed record Set(IReadOnlyList<(int Low, int High)> Ranges) : PatternSyntax
    {
        /// <summary>The characters that these ranges leave out.</summary>
        public Set Inverted()
        {
            var rest = new List<(int, int)>();
            var next = 0;
            foreach (var (low, high) in Ranges.OrderBy(range => range.Low))
            {
                if (low > next)
                    rest.Add((next, low - 1));
                next = Math.Max(next, high + 1);
            }

            if (next <= char.MaxValue)
                rest.Add((next, char.MaxValue));
            return new Set(rest);
        }
    }

    /// <summary>One after the other.</summary>
    public sealed record Sequence(IReadOnlyList<PatternSyntax> Parts) : PatternSyntax;

    /// <summary>One of them.</summary>
    public sealed record Choice(IReadOnlyList<PatternSyntax> Parts) : PatternSyntax;

    /// <summary>Several times; <see cref="Most"/> is <see langword="null"/> for any number.</summary>
    public sealed record Repeat(PatternSyntax Part, int Least, int? Most) : PatternSyntax;
}
