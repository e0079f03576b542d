using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Twins;
using Microsoft.Extensions.Primitives;

namespace Leda.Harness.Simulator.Api.Search;

/// <summary>The parameters of a search over HTTP, whether they stand in the query or in a form (<c>ditto.md</c> 4.4).</summary>
/// <param name="Query">What is searched for.</param>
/// <param name="View">What is shown of each thing.</param>
internal sealed record SearchParameters(SearchQuery Query, TwinView View)
{
    /// <summary>Reads them.</summary>
    /// <param name="values">The values of a parameter.</param>
    /// <param name="parameters">The result.</param>
    /// <param name="error">What is wrong with the first bad one.</param>
    public static bool TryRead(
        Func<string, StringValues> values, [NotNullWhen(true)] out SearchParameters? parameters, [NotNullWhen(false)] out DittoError? error)
    {
        parameters = null;
        if (!SearchQuery.TryParse([.. values("filter").OfType<string>()], Joined(values("namespaces")), Joined(values("option")), out var query, out error)
            || !TwinView.TryParse(ResourcePath.Thing, Joined(values("fields")), out var view, out error))
            return false;
        parameters = new SearchParameters(query, view);
        return true;
    }

    private static string? Joined(StringValues values) => values.Count == 0 ? null : string.Join(',', values!);
}
