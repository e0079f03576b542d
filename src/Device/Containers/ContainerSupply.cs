using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>What a new device has, as command lines call it: <c>demo</c>, <c>none</c> or a number of believable containers.</summary>
public sealed record ContainerSupply
{
    /// <summary>Most containers that can be asked for.</summary>
    public const int Most = 100_000;

    private readonly string _name;
    private readonly Func<int, IReadOnlyList<CreateArguments>> _take;

    private ContainerSupply(string name, Func<int, IReadOnlyList<CreateArguments>> take)
    {
        _name = name;
        _take = take;
    }

    /// <summary>The five of the founding example, see <see cref="DemoContainers"/>.</summary>
    public static ContainerSupply Demo { get; } = new("demo", _ => DemoContainers.All);

    /// <summary>Nothing.</summary>
    public static ContainerSupply None { get; } = new("none", _ => []);

    /// <summary>Made-up ones, see <see cref="BelievableContainers"/>.</summary>
    /// <param name="count">How many, at most <see cref="Most"/>.</param>
    public static ContainerSupply Believable(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        return new($"{count}", seed => BelievableContainers.Make(count, seed));
    }

    /// <summary>Reads what a command line says.</summary>
    /// <param name="text"><c>demo</c>, <c>none</c> or a number.</param>
    /// <param name="supply">The result.</param>
    /// <param name="problem">What is wrong and what is possible, for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContainerSupply? supply, [NotNullWhen(false)] out string? problem)
    {
        supply = text switch
        {
            "demo" => Demo,
            "none" => None,
            _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Most => Believable(count),
            _ => null,
        };
        problem = supply is null ? $"'{text}' is no choice of containers; expected demo, none or a number up to {Most}" : null;
        return supply is not null;
    }

    /// <summary>The containers.</summary>
    /// <param name="seed">Where the chance of made-up ones starts.</param>
    public IReadOnlyList<CreateArguments> Take(int seed) => _take(seed);

    /// <summary>As a command line says it.</summary>
    public override string ToString() => _name;
}
