using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>The past that a retrieve asks for: <c>at-historical-revision</c> or <c>at-historical-timestamp</c> (<c>ditto.md</c> 1.4).</summary>
internal sealed record HistoricalPoint
{
    private const string RevisionName = "at-historical-revision";
    private const string TimestampName = "at-historical-timestamp";

    private long? Revision { get; init; }

    private DateTimeOffset Timestamp { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="headers">A command's headers.</param>
    /// <param name="point">The result; <see langword="null"/> if the present is asked for.</param>
    /// <param name="error">What is wrong.</param>
    /// <returns><see langword="false"/> if a header cannot be read.</returns>
    public static bool TryRead(DittoHeaders headers, out HistoricalPoint? point, [NotNullWhen(false)] out DittoError? error)
    {
        point = null;
        error = null;
        if (headers.Find(RevisionName) is { } number)
        {
            if (number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var revision))
                point = new HistoricalPoint { Revision = revision };
            else
                error = TwinErrors.HeaderInvalid(RevisionName, "expected a whole number");
        }
        else if (headers.Find(TimestampName) is not null)
        {
            if (TryParse(headers.Text(TimestampName), out var at))
                point = new HistoricalPoint { Timestamp = at };
            else
                error = TwinErrors.HeaderInvalid(TimestampName, "expected an instant such as 2026-01-31T12:00:00Z");
        }

        return error is null;
    }

    /// <summary>Reads an instant.</summary>
    public static bool TryParse(string? text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    /// <summary>The twin as it was then; <see langword="null"/> if that is not known, or if it was not there.</summary>
    public Thing? In(ImmutableArray<HistoryEntry> history)
    {
        var entry = Revision is { } revision ? history.FirstOrDefault(e => e.Revision == revision) : history.LastOrDefault(e => e.At <= Timestamp);
        return entry is { IsGone: false } ? entry.Thing : null;
    }
}
