using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Search;

/// <summary>An open search of one session, between two requests (<c>ditto.md</c> 5.6).</summary>
/// <param name="id">What the session calls it.</param>
/// <param name="subscribe">The command that opened it.</param>
internal sealed class SearchSubscription(string id, Envelope subscribe)
{
    public string Id => id;

    /// <summary>The correlation id of the subscribe, which all that is told of it bears.</summary>
    public string? CorrelationId => subscribe.Headers.CorrelationId;

    /// <summary>What is still to be searched for; <see langword="null"/> if the search is refused.</summary>
    public SearchQuery? Query { get; set; }

    /// <summary>What is shown of each thing; <see langword="null"/> if the search is refused.</summary>
    public TwinView? View { get; private set; }

    /// <summary>Why the search is refused, which is said on the first request; <see langword="null"/> if it is not.</summary>
    public DittoError? Refusal { get; private set; }

    /// <summary>Reads what is searched for.</summary>
    public void Read(string? filter, string? options, string? namespaces)
    {
        if (SearchQuery.TryParse(filter is null ? [] : [filter], namespaces, options, out var query, out var error)
            && TwinView.TryParse(ResourcePath.Thing, subscribe.Fields, out var view, out error))
        {
            (Query, View) = (query, view);
            error = query.Options.Count is null ? null : SearchErrors.NoLimit();
        }

        Refusal = error;
    }
}
