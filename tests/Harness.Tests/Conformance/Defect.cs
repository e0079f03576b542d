using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Tests.Conformance;

/// <summary>One thing that a device does wrong.</summary>
/// <param name="Name">What to know it by.</param>
/// <param name="Requirement">The one requirement that is to name it.</param>
internal sealed record Defect(string Name, string Requirement)
{
    /// <summary>What goes out in place of a message.</summary>
    public Func<BusMessage, IEnumerable<(TimeSpan Delay, BusMessage Message)>> Out { get; init; } = message => [(TimeSpan.Zero, message)];

    /// <summary>What comes in in place of a message.</summary>
    public Func<BusMessage, BusMessage> In { get; init; } = message => message;

    /// <summary>What goes out because a message came in.</summary>
    public Func<BusMessage, IEnumerable<BusMessage>> Own { get; init; } = _ => [];

    public override string ToString() => Name;
}
