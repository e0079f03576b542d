using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Traffic;

/// <summary>What the referee says of one message, payload or unreadable line of recorded traffic.</summary>
/// <param name="File">Where it stands; <c>-</c> for the standard input.</param>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Verdict">The outcome.</param>
/// <param name="Findings">What is to be said.</param>
internal sealed record CheckedItem(string File, long Line, Verdict Verdict, IReadOnlyList<Finding> Findings)
{
    /// <summary>The MQTT topic, or that of the envelope if it came without one; empty for a payload alone.</summary>
    public string Topic { get; init; } = "";

    /// <summary>The envelope's path; empty where there is none.</summary>
    public string Path { get; init; } = "";

    /// <summary>What a payload was judged as, or the schema that the message was held against; empty if there is none.</summary>
    public string Schema { get; init; } = "";

    /// <summary>What its author calls a payload.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it is a message: lines that cannot be understood are none.</summary>
    public bool IsMessage { get; init; } = true;
}
