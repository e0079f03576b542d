using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.History;

/// <summary>What stands in a command of the streaming protocol (<c>ditto.md</c> 5.7); <see langword="null"/> is what does not.</summary>
internal sealed record HistoryCommand
{
    public required HistoryRange Range { get; init; }

    public string? Filter { get; private init; }

    public string? SubscriptionId { get; private init; }

    /// <summary>How many items are requested.</summary>
    public long? Demand { get; private init; }

    /// <summary>Which member is wrong; then nothing else counts.</summary>
    public DittoError? Error { get; private init; }

    /// <summary>Reads a command's value.</summary>
    public static HistoryCommand Read(Envelope command)
    {
        var members = new CommandMembers(command);
        var range = new HistoryRange
        {
            FromRevision = members.Number("fromHistoricalRevision"),
            ToRevision = members.Number("toHistoricalRevision"),
            FromTime = Instant(members, "fromHistoricalTimestamp"),
            ToTime = Instant(members, "toHistoricalTimestamp"),
        };
        return new HistoryCommand
        {
            Range = range,
            Filter = members.Text("filter"),
            SubscriptionId = members.Text("subscriptionId"),
            Demand = members.Number("demand"),
            Error = members.Error,
        };
    }

    private static DateTimeOffset? Instant(CommandMembers members, string name)
    {
        if (members.Text(name) is not { } text)
            return null;
        if (HistoricalPoint.TryParse(text, out var at))
            return at;
        members.Refuse(name, "an instant such as 2026-01-31T12:00:00Z");
        return null;
    }
}
