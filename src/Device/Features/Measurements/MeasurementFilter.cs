using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Features.Measurements;

/// <summary>What somebody wants to be told: an originator and an id that one entry lets through together; without entries everything.</summary>
internal sealed class MeasurementFilter(MetricsRequest request)
{
    private readonly IReadOnlyList<Entry> _entries = [.. (request.Filter ?? request.Filters ?? []).Select(Entry.Of)];

    /// <summary>Whether anything of this originator is wanted.</summary>
    public bool Wants(string originator) => _entries.Count == 0 || _entries.Any(e => e.IsFor(originator));

    /// <summary>Whether this measurement of this originator is wanted.</summary>
    public bool Wants(string originator, string id) => _entries.Count == 0 || _entries.Any(e => e.IsFor(originator) && e.Has(id));

    private sealed record Entry(string Originator, IReadOnlyList<string> Beginnings)
    {
        // An entry that is null is an empty one, as in Go.
        public static Entry Of(MetricsFilter? filter) =>
            new(filter?.Originator ?? "", [.. (filter?.Id ?? filter?.Ids ?? []).Select(id => (id ?? "").Trim('*'))]);

        public bool IsFor(string originator) => Originator.Length == 0 || Originator == originator;

        public bool Has(string id) => Beginnings.Count == 0 || Beginnings.Any(b => id.StartsWith(b, StringComparison.Ordinal));
    }
}
