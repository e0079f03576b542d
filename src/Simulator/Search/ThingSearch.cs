using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Leda.Harness.Simulator.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Search;

/// <summary>Finds things (<c>ditto.md</c> 4.4). Looks at every candidate and keeps no index: what was stored is found at once.</summary>
public static class ThingSearch
{
    /// <summary>One page of what is found among the candidates.</summary>
    /// <param name="candidates">The things that there are.</param>
    /// <param name="query">What is searched for.</param>
    /// <param name="sight">What the searcher may see.</param>
    /// <param name="now">The instant that <c>time:now</c> means.</param>
    public static SearchPage Page(IEnumerable<Thing> candidates, SearchQuery query, SearchSight sight, DateTimeOffset now)
    {
        var (offset, size) = (query.Options.Offset ?? 0, query.Options.PageSize);
        var (first, more) = First(Found(candidates, query, sight, now), query, offset + size < 0 ? long.MaxValue : offset + size);
        var rows = first[(int)Math.Min(offset, first.Length)..];
        var (cursor, next) = (more && rows.Length > 0, query.Options.Count is not null) switch
        {
            (true, true) => ((string?)null, (long?)(offset + size)),
            (true, false) => (query.CursorBehind(rows[^1].Keys).Encode(), null),
            _ => (null, null),
        };
        return new SearchPage([.. rows.Select(r => r.Thing)], cursor, next);
    }

    /// <summary>How many things are found, whatever the options.</summary>
    /// <inheritdoc cref="Page"/>
    public static long Count(IEnumerable<Thing> candidates, SearchQuery query, SearchSight sight, DateTimeOffset now) =>
        Found(candidates, query, sight, now).LongCount();

    private static IEnumerable<ThingSubject> Found(IEnumerable<Thing> candidates, SearchQuery query, SearchSight sight, DateTimeOffset now)
    {
        foreach (var thing in candidates)
        {
            if (query.Namespaces?.Contains(thing.Id.Namespace) == false || !sight.MaySee(thing))
                continue;
            var subject = new ThingSubject(thing) { Now = now, MayRead = sight.MayRead };
            if (query.Filter is null || (MayFilter(thing, query.Filter, sight) && query.Filter.Matches(subject, RqlSemantics.Search)))
                yield return subject;
        }
    }

    // A wildcard sees those features that may be read, one by one.
    private static bool MayFilter(Thing thing, RqlExpression filter, SearchSight sight)
    {
        foreach (var property in filter.Used)
        {
            if (!property.IsWildcard && !sight.MayRead(thing, property.Pointer))
                return false;
        }

        return true;
    }

    /// <summary>The first rows behind the query's last place, in order, and whether there are others behind them.</summary>
    private static (ImmutableArray<Row> Rows, bool More) First(IEnumerable<ThingSubject> found, SearchQuery query, long limit)
    {
        var order = new RowOrder(query.Keys);
        var last = new Row(null!, query.Last);
        var rows = new PriorityQueue<Row, Row>(Comparer<Row>.Create((a, b) => order.Compare(b, a)));
        var more = false;
        foreach (var subject in found)
        {
            var row = new Row(subject.Thing, Keys(subject, query.Keys));
            if (!query.Last.IsDefault && order.Compare(row, last) <= 0)
                continue;
            if (rows.Count < limit)
            {
                rows.Enqueue(row, row);
                continue;
            }

            more = true;
            if (limit > 0)
                rows.EnqueueDequeue(row, row);
        }

        var sorted = new Row[rows.Count];
        for (var i = sorted.Length - 1; i >= 0; i--)
            sorted[i] = rows.Dequeue();
        return (ImmutableCollectionsMarshal.AsImmutableArray(sorted), more);
    }

    // What may not be read counts as missing, so that the order gives nothing away.
    internal static ImmutableArray<RqlValue> Keys(ThingSubject subject, ImmutableArray<SortKey> sort)
    {
        var keys = new RqlValue[sort.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var property = sort[i].Property;
            if (!property.CanBeHidden || subject.MayRead!(subject.Thing, property.Pointer))
                keys[i] = subject.Find(property) ?? RqlValue.Null;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(keys);
    }

    private readonly record struct Row(Thing Thing, ImmutableArray<RqlValue> Keys);

    private sealed class RowOrder(ImmutableArray<SortKey> sort)
    {
        public int Compare(Row left, Row right)
        {
            for (var i = 0; i < sort.Length; i++)
            {
                var order = RqlOrder.Compare(left.Keys[i], right.Keys[i]);
                if (order != 0)
                    return sort[i].Descending ? -order : order;
            }

            return 0;
        }
    }
}
