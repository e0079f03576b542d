using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.History;

/// <summary>Which past changes of a twin somebody wants, bounds included (<c>ditto.md</c> 4.5 and 5.7). A revision below 1 counts back from the
/// present one: as the first it stands for so many of the last revisions, as the last for so many before the present.</summary>
internal sealed record HistoryRange
{
    /// <summary>The query parameters of an event stream.</summary>
    public static ImmutableArray<string> Parameters { get; } =
        ["from-historical-revision", "to-historical-revision", "from-historical-timestamp", "to-historical-timestamp"];

    /// <summary>The first revision; <see langword="null"/> for the oldest.</summary>
    public long? FromRevision { get; init; }

    /// <summary>The last revision; <see langword="null"/> for the present one.</summary>
    public long? ToRevision { get; init; }

    /// <summary>The earliest instant; <see langword="null"/> for any.</summary>
    public DateTimeOffset? FromTime { get; init; }

    /// <summary>The latest instant; <see langword="null"/> for any.</summary>
    public DateTimeOffset? ToTime { get; init; }

    /// <summary>Reads the query parameters of an event stream.</summary>
    /// <param name="parameter">Gives a parameter, or <see langword="null"/>.</param>
    /// <param name="range">The result.</param>
    /// <param name="error">What is wrong with the first bad one.</param>
    public static bool TryRead(Func<string, string?> parameter, [NotNullWhen(true)] out HistoryRange? range, [NotNullWhen(false)] out DittoError? error)
    {
        error = null;
        range = new HistoryRange
        {
            FromRevision = Number(Parameters[0], ref error),
            ToRevision = Number(Parameters[1], ref error),
            FromTime = Instant(Parameters[2], ref error),
            ToTime = Instant(Parameters[3], ref error),
        };
        return error is null;

        long? Number(string name, ref DittoError? error)
        {
            if (parameter(name) is not { } text)
                return null;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return number;
            error ??= HistoryErrors.ParameterInvalid(name, "a whole number");
            return null;
        }

        DateTimeOffset? Instant(string name, ref DittoError? error)
        {
            if (parameter(name) is not { } text)
                return null;
            if (HistoricalPoint.TryParse(text, out var at))
                return at;
            error ??= HistoryErrors.ParameterInvalid(name, "an instant such as 2026-01-31T12:00:00Z");
            return null;
        }
    }

    /// <summary>The changes of a twin that are wanted and known.</summary>
    public IEnumerable<HistoryEntry> Of(ImmutableArray<HistoryEntry> history)
    {
        if (history.IsEmpty)
            return [];
        var last = history[^1].Revision;
        var from = FromRevision is < 0 and { } back ? last + back + 1 : FromRevision ?? 0;
        var to = ToRevision is <= 0 and { } before ? last + before : ToRevision ?? last;
        return history.Where(e => e.Action is not null && e.Revision >= from && e.Revision <= to
            && !(e.At < FromTime) && !(e.At > ToTime));
    }
}
