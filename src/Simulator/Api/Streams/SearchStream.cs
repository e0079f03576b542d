using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Api.Search;
using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Twins;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>A search as a stream: one thing an event, until all are found. A reader that lost the connection goes on behind the last thing it
/// saw with <c>Last-Event-ID</c> (<c>ditto.md</c> 4.5, behaviour K06).</summary>
internal sealed class SearchStream(DittoCloud cloud)
{
    private const string LastEventId = "Last-Event-ID";

    public async ValueTask<ApiReply> AnswerAsync(ApiRequest request)
    {
        if (!SearchParameters.TryRead(name => request.Http.Request.Query[name], out var parameters, out var error))
            return ApiReply.Of(error);
        if (parameters.Query.Options.Count is not null)
            return ApiReply.Of(SearchErrors.NoLimit());
        var sight = SearchSight.Of(cloud.Things.Access, request.Caller);
        if (!TryGoOn(request, parameters.Query, sight, out var query, out error))
            return ApiReply.Of(error);
        var writer = new EventWriter(request.Http);
        await writer.OpenAsync(request.Headers.CorrelationId);
        while (query is not null)
        {
            var page = ThingSearch.Page(cloud.Things.All, query, sight, cloud.Time.GetUtcNow());
            foreach (var thing in page.Items)
            {
                if (cloud.Things.Access.TryView(thing, request.Caller, parameters.View, out var item))
                    await writer.WriteAsync(new ServerEvent(JsonText.Write(item.WriteTo), Id: thing.Id.ToString()));
            }

            await writer.FlushAsync();
            query = page.Cursor is null ? null : query.After(page.Items[^1], sight);
        }

        return ApiReply.Empty(StatusCodes.Status200OK);
    }

    private bool TryGoOn(
        ApiRequest request, SearchQuery from, SearchSight sight, [NotNullWhen(true)] out SearchQuery? query, [NotNullWhen(false)] out DittoError? error)
    {
        (query, error) = (from, null);
        var last = request.Http.Request.Headers[LastEventId].ToString();
        if (last.Length == 0)
            return true;
        if (!ThingId.TryParse(last, out var id, out var problem))
            error = ApiError.HeaderInvalid(LastEventId, problem);
        else if (cloud.Things.Find(id) is { } thing && sight.MaySee(thing))
            query = from.After(thing, sight);
        else if (from.IsSortedByIdAlone)
            query = from.After(new Thing { Id = id, Revision = 0, Created = default, Modified = default }, sight);
        else
            error = ApiError.HeaderInvalid(LastEventId, "that thing is gone, so its place in this order is not known; start again");
        return error is null;
    }
}
