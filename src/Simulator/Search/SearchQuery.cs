using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Search;

/// <summary>What is searched for, and in which order (<c>ditto.md</c> 4.4). Immutable.</summary>
public sealed record SearchQuery
{
    private SearchQuery(SearchOptions options) => Options = options;

    /// <summary>What has to hold for a thing; <see langword="null"/> if every thing is wanted.</summary>
    public RqlExpression? Filter { get; private init; }

    /// <summary>The namespaces that are looked at: <see langword="null"/> for all of them, none at all for an empty parameter (behaviour J07).</summary>
    public ImmutableSortedSet<string>? Namespaces { get; private init; }

    /// <summary>The options as they were given.</summary>
    public SearchOptions Options { get; private init; }

    internal ImmutableArray<SortKey> Keys { get; private init; }

    /// <summary>What the last thing of the page before has in each key; default at the start.</summary>
    internal ImmutableArray<RqlValue> Last { get; private init; }

    /// <summary>Reads the parameters of a search, and what the cursor among them stands for. Filter, namespaces and sort order may be left out
    /// next to a cursor; if they are there, they have to be the cursor's own (behaviour J06).</summary>
    /// <param name="filters">Each <c>filter</c> that was given; none for every thing.</param>
    /// <param name="namespaces">The parameter <c>namespaces</c>, <c>a,b</c>; <see langword="null"/> if absent.</param>
    /// <param name="option">The parameter <c>option</c>; <see langword="null"/> if absent.</param>
    /// <param name="query">The result.</param>
    /// <param name="error">400 <c>rql.expression.invalid</c> or <c>thing-search:search.option.invalid</c>.</param>
    public static bool TryParse(
        IReadOnlyCollection<string> filters,
        string? namespaces,
        string? option,
        [NotNullWhen(true)] out SearchQuery? query,
        [NotNullWhen(false)] out DittoError? error)
    {
        query = null;
        RqlExpression? filter = null;
        if (filters.Count > 0 && !RqlExpression.TryParseSearchFilters(filters, out filter, out error))
            return false;
        if (!SearchOptions.TryParse(option, out var options, out error))
            return false;
        query = new SearchQuery(options) { Filter = filter, Namespaces = ReadNamespaces(namespaces), Keys = options.Keys };
        if (options.Cursor is null)
            return true;
        query = SearchCursor.Decode(options.Cursor) is { } cursor ? query.GoOn(cursor, out error) : null;
        error = query is null ? error ?? SearchErrors.Option("The cursor is none of ours; start again without it.") : null;
        return error is null;
    }

    /// <summary>The rest of this search behind a thing that it has found already, wherever that thing would stand now: the next page of a
    /// stream, or what follows on <c>Last-Event-ID</c> (behaviour K06).</summary>
    /// <param name="thing">The last thing; of one that is gone its id is enough where <see cref="IsSortedByIdAlone"/>.</param>
    /// <param name="sight">What the searcher may see.</param>
    public SearchQuery After(Thing thing, SearchSight sight) =>
        this with { Last = ThingSearch.Keys(new ThingSubject(thing) { Now = thing.Modified, MayRead = sight.MayRead }, Keys) };

    /// <summary>Whether a thing's id tells its place.</summary>
    public bool IsSortedByIdAlone => Keys[0].Property.Kind == RqlPropertyKind.ThingId;

    internal string SortText => string.Join(',', Keys);

    internal SearchCursor CursorBehind(ImmutableArray<RqlValue> last) => new(Filter?.ToString(), Namespaces, SortText, last);

    private SearchQuery? GoOn(SearchCursor cursor, out DittoError? error)
    {
        error = null;
        if (Filter is not null && Filter.ToString() != cursor.Filter)
            error = SearchErrors.Option("The cursor belongs to another 'filter'; repeat the one it came from, or leave it out.");
        else if (!Options.Sort.IsDefault && SortText != cursor.Sort)
            error = SearchErrors.Option("The cursor belongs to another 'sort'; repeat the one it came from, or leave it out.");
        else if (Namespaces is not null && (cursor.Namespaces is null || !Namespaces.SetEquals(cursor.Namespaces)))
            error = SearchErrors.Option("The cursor belongs to other 'namespaces'; repeat those it came from, or leave them out.");
        if (error is not null || !SearchOptions.TryParse($"sort({cursor.Sort})", out var options, out _))
            return null;
        RqlExpression? filter = null;
        if (cursor.Filter is not null && !RqlExpression.TryParse(cursor.Filter, out filter, out _))
            return null;
        return options.Keys.Length == cursor.Last.Length
            ? this with { Filter = filter, Namespaces = cursor.Namespaces, Keys = options.Keys, Last = cursor.Last }
            : null;
    }

    private static ImmutableSortedSet<string>? ReadNamespaces(string? text) =>
        text is null ? null : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
}
