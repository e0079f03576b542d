using System.Collections.Immutable;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Api.Messages;
using Leda.Harness.Simulator.Twins;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>Server-sent events: of <c>/things</c>, of a thing, of a part of it, of its messages, and of a search (<c>ditto.md</c> 4.5). What is
/// wrong with a request is said before the stream starts.</summary>
internal sealed class StreamRoutes(DittoCloud cloud)
{
    private readonly SearchStream _search = new(cloud);
    private readonly HistoryStream _history = new(cloud);

    /// <summary>Whether a request names server-sent events among what it accepts; <c>*/*</c> does not.</summary>
    public static bool AreMeantBy(ApiRequest request) => HttpMethods.IsGet(request.Http.Request.Method)
        && request.Http.Request.Headers.Accept.Append(request.Query("accept"))
            .SelectMany(accept => (accept ?? "").Split(','))
            .Any(type => type.Split(';')[0].Trim().Equals(EventWriter.MediaType, StringComparison.OrdinalIgnoreCase));

    public ValueTask<ApiReply> AnswerAsync(ApiRequest request)
    {
        if (request.Segments is ["search", ..])
            return _search.AnswerAsync(request);
        if (request.Segments is ["things"])
            return OfThingsAsync(request);
        var (id, below) = (request.Segments[1], "/" + string.Join('/', request.Segments[2..]));
        if (id.Length == 0)
            return new(ApiReply.NotFound);
        if (!ThingId.TryParse(id, out var thing, out var problem))
            return new(ApiReply.Of(ApiError.IdInvalid(id, problem)));
        if (MessageRoutes.TryRead(request.Segments, out var message))
            return StreamAsync(request, new MessageView(thing, message));
        if (!ResourcePath.TryParse(below, out var part, out problem))
            return new(below.Contains("//", StringComparison.Ordinal) ? ApiReply.Of(TwinErrors.OfPath(below, problem)) : ApiReply.NotFound);
        return OfChangesAsync(request, [thing], JsonPointer.Parse(part.ToString()));
    }

    private ValueTask<ApiReply> OfThingsAsync(ApiRequest request)
    {
        if (request.Query("ids") is not { } ids)
            return OfChangesAsync(request, null, JsonPointer.Root);
        if (ids.Length == 0)
            return new(ApiReply.Of(ApiError.ParameterMissing("ids")));
        var things = ImmutableHashSet.CreateBuilder<ThingId>();
        foreach (var id in ids.Split(','))
        {
            if (!ThingId.TryParse(id, out var thing, out var problem))
                return new(ApiReply.Of(ApiError.IdInvalid(id, problem)));
            things.Add(thing);
        }

        return OfChangesAsync(request, things.ToImmutable(), JsonPointer.Root);
    }

    private ValueTask<ApiReply> OfChangesAsync(ApiRequest request, ImmutableHashSet<ThingId>? things, JsonPointer part)
    {
        var parameters = request.Http.Request.Query.ToDictionary(q => q.Key, q => string.Join(',', q.Value!), StringComparer.Ordinal);
        if (!ChangeView.TryRead(things, part, parameters, out var view, out var error))
            return new(ApiReply.Of(error));
        return HistoryStream.IsMeantBy(request) ? _history.AnswerAsync(request, things, view) : StreamAsync(request, view);
    }

    private async ValueTask<ApiReply> StreamAsync(ApiRequest request, ISignalView view)
    {
        var stream = new SignalStream(cloud, request.Caller, view, new EventWriter(request.Http));
        await stream.RunAsync(request.Headers.CorrelationId, request.Http.RequestAborted);
        return ApiReply.Empty(StatusCodes.Status200OK);
    }
}
