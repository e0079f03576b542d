using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>Explains why nothing happened: what was there instead, the most telling first. Pure.</summary>
internal static class NearestMisses
{
    private const int Most = 3;

    /// <summary>First what came and was nearly it, then what was never going to be answered, then who was not there, then the rest.</summary>
    private static readonly Cause[] _causes =
    [
        new OtherTenant(), new OtherNamespace(), new OtherDevice(), new CorrelationMismatch(), new OtherTopic(), new OtherStatus(),
        new NoAnswerWanted(), new OneWayCommand(),
        new ConnectorOffline(), new NoConnector(), new DeviceGone(), new NoIdentity(), new OtherSubscription(), new NoSubscriber(),
        new JudgedError(), new FeatureNotRegistered(), new TooEarly(),
    ];

    /// <summary>The explanations, three at most; none if the journal tells none.</summary>
    /// <param name="entries">The journal from its beginning to where waiting ended.</param>
    /// <param name="awaited">What was waited for.</param>
    public static IReadOnlyList<Explanation> Of(IReadOnlyList<JournalEntry> entries, Awaited awaited)
    {
        var record = new Record(entries, awaited);
        Cause[] causes = record.Messages.Any(m => awaited.Matches(m.Entry)) ? [new JudgedError()] : _causes;
        return [.. causes.Select(cause => cause.Find(record)).OfType<Explanation>().Take(Most)];
    }
}
