using System.Text;
using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Search;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Leda.Harness.Simulator.Api.Search;

/// <summary><c>/search/things</c> and <c>/search/things/count</c>, with the parameters in the query of a GET or in the form of a POST
/// (<c>ditto.md</c> 4.4).</summary>
internal sealed class SearchRoutes(DittoCloud cloud)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>One page of what is found.</summary>
    public async ValueTask<ApiReply> FindAsync(ApiRequest request)
    {
        var (parameters, refusal) = await ReadAsync(request);
        if (parameters is null)
            return refusal!;
        var page = ThingSearch.Page(cloud.Things.All, parameters.Query, Sight(request), cloud.Time.GetUtcNow());
        return ApiReply.Ok(JsonText.Build(writer => Write(writer, page, request, parameters)));
    }

    /// <summary>How many things are found, a bare number.</summary>
    public async ValueTask<ApiReply> CountAsync(ApiRequest request)
    {
        var (parameters, refusal) = await ReadAsync(request);
        if (parameters is null)
            return refusal!;
        var count = ThingSearch.Count(cloud.Things.All, parameters.Query, Sight(request), cloud.Time.GetUtcNow());
        return ApiReply.Ok(JsonText.Build(writer => writer.WriteNumberValue(count)));
    }

    private static async ValueTask<(SearchParameters? Parameters, ApiReply? Refusal)> ReadAsync(ApiRequest request)
    {
        Func<string, StringValues> values;
        switch (request.Method)
        {
            case "GET":
                values = name => request.Http.Request.Query[name];
                break;
            case "POST" when request.Has(Form):
                var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString((await request.ReadBytesAsync()).Span));
                values = name => form.GetValueOrDefault(name);
                break;
            case "POST":
                return (null, ApiReply.Of(ApiError.MediaType(request.Http.Request.ContentType, Form)));
            default:
                return (null, ApiReply.MethodNotAllowed);
        }

        return SearchParameters.TryRead(values, out var parameters, out var error) ? (parameters, null) : (null, ApiReply.Of(error));
    }

    private SearchSight Sight(ApiRequest request) => SearchSight.Of(cloud.Things.Access, request.Caller);

    private void Write(Utf8JsonWriter writer, SearchPage page, ApiRequest request, SearchParameters parameters)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (var thing in page.Items)
        {
            if (cloud.Things.Access.TryView(thing, request.Caller, parameters.View, out var item))
                item.WriteTo(writer);
        }

        writer.WriteEndArray();
        if (page.Cursor is not null)
            writer.WriteString("cursor", page.Cursor);
        if (page.NextPageOffset is { } next)
            writer.WriteNumber("nextPageOffset", next);
        writer.WriteEndObject();
    }
}
