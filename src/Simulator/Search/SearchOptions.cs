using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Search;

/// <summary>The parameter <c>option</c> of a search: <c>size(50),sort(+attributes/line,-thingId),cursor(…)</c>, or the old
/// <c>limit(offset,count)</c> (<c>ditto.md</c> 4.4 and 6.5). What is wrong with it is 400 <c>thing-search:search.option.invalid</c>.</summary>
public sealed record SearchOptions
{
    /// <summary>Things on a page if nobody says otherwise.</summary>
    public const int DefaultSize = 25;

    /// <summary>Most things on a page.</summary>
    public const int MaxSize = 200;

    private static readonly SortKey _thingId = new(new RqlProperty(RqlPropertyKind.ThingId, "thingId", default), false);

    /// <summary>No options: 25 things, sorted by their ids.</summary>
    public static SearchOptions Default { get; } = new();

    /// <summary>Most things on the page, 1 to 200; <see langword="null"/> if the option is absent.</summary>
    public int? Size { get; init; }

    /// <summary>Where to go on, as an earlier page said; <see langword="null"/> if the option is absent.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many things to leave out, with <c>limit</c>; otherwise <see langword="null"/>.</summary>
    public long? Offset { get; init; }

    /// <summary>Most things on the page with <c>limit</c>, 0 to 200; otherwise <see langword="null"/>.</summary>
    public int? Count { get; init; }

    /// <summary>Most things on the page, whichever way it was said.</summary>
    public int PageSize => Count ?? Size ?? DefaultSize;

    /// <summary>The keys that were written; default if the option is absent.</summary>
    internal ImmutableArray<SortKey> Sort { get; init; }

    /// <summary>The keys with the thing's id, which is always among them: no two things are in the same place.</summary>
    internal ImmutableArray<SortKey> Keys =>
        Sort.IsDefault ? [_thingId] : Sort.Any(k => k.Property.Kind == RqlPropertyKind.ThingId) ? Sort : Sort.Add(_thingId);

    /// <summary>Reads the options; no text and empty text are the defaults.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out SearchOptions? options, [NotNullWhen(false)] out DittoError? error)
    {
        options = Default;
        error = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var problem = new SearchOptionsParser(text).Parse(out options);
        error = problem is null ? null : SearchErrors.Option(problem);
        return error is null;
    }
}
