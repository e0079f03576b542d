using System.Globalization;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Twins;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Search;

/// <summary><c>GET /things</c>: those of the given ids in that order, or, without ids, a page of all that the caller may see, with a link to
/// the next one (<c>ditto.md</c> 4.2).</summary>
internal sealed class ThingListing(DittoCloud cloud)
{
    public ApiReply Answer(ApiRequest request)
    {
        if (!TwinView.TryParse(ResourcePath.Thing, request.Query("fields"), out var view, out var error))
            return ApiReply.Of(error);
        if (request.Query("ids") is not { } ids)
            return Page(request, view);
        if (ids.Length == 0)
            return ApiReply.Of(ApiError.ParameterMissing("ids"));
        var things = ids.Split(',').Select(i => ThingId.TryParse(i, out var id, out _) ? cloud.Things.Find(id) : null).OfType<Thing>();
        return Array(request, view, things);
    }

    private ApiReply Page(ApiRequest request, TwinView view)
    {
        if (!SearchQuery.TryParse([], request.Query("namespaces"), request.Query("option"), out var query, out var error))
            return ApiReply.Of(error);
        var sight = SearchSight.Of(cloud.Things.Access, request.Caller);
        var page = ThingSearch.Page(cloud.Things.All, query, sight, cloud.Time.GetUtcNow());
        var links = $"<{request.Url}{request.Http.Request.QueryString}>; rel=\"canonical\"";
        if (NextOption(query.Options, page) is { } option)
            links += $", <{request.Url}{With(option, request.Http.Request.Query)}>; rel=\"next\"";
        return Array(request, view, page.Items) with { Others = [new("Link", links)] };
    }

    private ApiReply Array(ApiRequest request, TwinView view, IEnumerable<Thing> things) => ApiReply.Ok(JsonText.Build(writer =>
    {
        writer.WriteStartArray();
        foreach (var thing in things)
        {
            if (cloud.Things.Access.TryView(thing, request.Caller, view, out var json))
                json.WriteTo(writer);
        }

        writer.WriteEndArray();
    }));

    /// <summary>The option that leads to the next page; <see langword="null"/> on the last one.</summary>
    private static string? NextOption(SearchOptions options, SearchPage page)
    {
        if (page.NextPageOffset is { } offset)
            return string.Create(CultureInfo.InvariantCulture, $"limit({offset},{options.PageSize})");
        return page.Cursor is null ? null : string.Create(CultureInfo.InvariantCulture, $"size({options.PageSize}),cursor({page.Cursor})");
    }

    private static QueryString With(string option, IQueryCollection query) =>
        QueryString.Create([.. query.Where(q => q.Key != "option"), new("option", option)]);
}
