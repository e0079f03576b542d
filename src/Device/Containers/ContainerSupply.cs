using System.Globalization;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>What a command line calls the containers of a new device: <c>demo</c>, <c>none</c> or a number.</summary>
public static class ContainerSupply
{
    /// <summary>Most containers that can be asked for.</summary>
    public const int Most = 10_000;

    /// <summary>The containers of that name.</summary>
    /// <param name="text"><c>demo</c>: <see cref="DemoContainers"/>; <c>none</c>; a number: that many <see cref="BelievableContainers"/>.</param>
    /// <param name="seed">Where the chance of believable ones starts.</param>
    /// <exception cref="FormatException">It is none of these; the message says what is possible.</exception>
    public static IReadOnlyList<CreateArguments> Parse(string text, int seed)
    {
        if (text == "demo")
            return DemoContainers.All;
        if (text == "none")
            return [];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Most
            ? BelievableContainers.Make(count, seed)
            : throw new FormatException($"'{text}' is no supply of containers; expected demo, none, or a number up to {Most}");
    }
}
