using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary>One search that a socket takes page by page (<c>ditto.md</c> 5.6).</summary>
/// <param name="id">What the client calls it by.</param>
/// <param name="correlationId">The correlation id of the command that opened it.</param>
/// <param name="query">What is searched for.</param>
/// <param name="view">What of each thing is shown.</param>
/// <param name="idle">Fires when the client has asked for nothing for too long.</param>
internal sealed class SearchStream(string id, string correlationId, SearchQuery query, TwinView view, ITimer idle) : IDisposable
{
    /// <summary>How long a client may ask for nothing.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private SearchQuery _query = query;

    public string Id => id;

    public string CorrelationId => correlationId;

    public TwinView View => view;

    /// <summary>Whether there is nothing more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>The next page, which is the last one if <see cref="IsOver"/> then holds.</summary>
    public IReadOnlyList<Thing> Next(IEnumerable<Thing> things, SearchSight sight, DateTimeOffset now)
    {
        idle.Change(Patience, Timeout.InfiniteTimeSpan);
        var page = ThingSearch.Page(things, _query, sight, now);
        IsOver = page.Cursor is null;
        if (!IsOver)
            _query = _query.After(page.Items[^1]);
        return page.Items;
    }

    public void Dispose() => idle.Dispose();
}
