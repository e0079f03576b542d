using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api.Acks;
using Leda.Harness.Simulator.Api.Messages;
using Leda.Harness.Simulator.Api.Policies;
using Leda.Harness.Simulator.Api.Registry;
using Leda.Harness.Simulator.Api.Search;
using Leda.Harness.Simulator.Api.Streams;
using Leda.Harness.Simulator.Api.Things;
using Leda.Harness.Simulator.Api.WebSockets;
using Leda.Harness.Simulator.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Leda.Harness.Simulator.Api;

/// <summary>The way of a request: read, authenticated, routed, answered (<c>ditto.md</c> 4.1).</summary>
internal sealed class ApiFront(ApiOptions options, DittoCloud cloud, AckBoard acks)
{
    private readonly Authentication _authentication = new(options);
    private readonly ThingRoutes _things = new(options, cloud, acks);
    private readonly PolicyRoutes _policies = new(options, cloud);
    private readonly SocketRoute _sockets = new(options, cloud, acks);
    private readonly SearchRoutes _search = new(cloud);
    private readonly StreamRoutes _streams = new(cloud);
    private readonly MessageRoutes _messages = new(options, cloud);
    private readonly RegistryRoutes _registry = new(cloud.Registry);

    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            await ReplyAsync(http);
        }
        catch (Exception e) when (e is not (BadHttpRequestException or IOException or OperationCanceledException))
        {
            cloud.Log($"{http.Request.Method} {http.Request.Path} failed, which is a defect of the harness: {e}");
            if (http.Response.HasStarted)
            {
                http.Abort(); // too late for an answer
                return;
            }

            http.Response.Clear();
            await ApiReply.Of(ApiError.Internal()).WriteAsync(http.Response);
        }
    }

    private async Task ReplyAsync(HttpContext http)
    {
        Cors.Allow(http);
        if (HttpMethods.IsOptions(http.Request.Method) && Cors.IsPreflight(http))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var reply = await KeptAsync(http, await AnswerAsync(http));
        if (!http.Response.HasStarted)
            await reply.WriteAsync(http.Response);
    }

    /// <summary>What is answered as done survives whatever happens next; who only reads need not wait for it.</summary>
    private async Task<ApiReply> KeptAsync(HttpContext http, ApiReply reply)
    {
        if (reply.Status >= StatusCodes.Status300MultipleChoices || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            return reply;
        try
        {
            await cloud.KeptAsync();
            return reply;
        }
        catch (StorageException e)
        {
            return ApiReply.Of(ApiError.NotKept(e.Message));
        }
    }

    private async Task<ApiReply> AnswerAsync(HttpContext http)
    {
        try
        {
            return await RouteAsync(http);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ApiReply.Of(ApiError.TooLarge(ApiRequest.LargestBody));
        }
        catch (Exception e) when (e is BadHttpRequestException or IOException or OperationCanceledException)
        {
            http.Abort(); // the caller is gone, or speaks no HTTP
            return ApiReply.Empty(StatusCodes.Status400BadRequest);
        }
    }

    private async Task<ApiReply> RouteAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Any(char.IsControl)) // parts of it come back in headers
            return ApiReply.Of(ApiError.TargetInvalid());
        var segments = ApiPath.Split(target);
        if (segments is ["health"])
            return ApiReply.Empty(StatusCodes.Status200OK);
        if (segments is ["v1", ..])
            return await RegisterAsync(http, segments);
        if (ApiDocument.Answer(http.Request.Method, segments) is { } document)
            return document;
        if (segments is not (["api", _, ..] or ["ws", _]))
            return ApiReply.NotFound;
        var version = segments[1];
        if (version != "2")
            return ApiReply.Of(ApiError.VersionNotSupported(version));
        if (_authentication.Find(http.Request) is not { } caller)
            return ApiReply.NotAuthenticated();
        if (!ApiHeaders.TryRead(http.Request, cloud.Ids, out var headers, out var error))
            return ApiReply.Of(error).For(headers);
        if (segments is ["ws", _])
            return await _sockets.ServeAsync(http, headers, caller);
        var request = new ApiRequest(http, segments[2..], headers, caller);
        return (await RouteAsync(request)).For(headers);
    }

    /// <summary>Hono's registry has a prefix and headers of its own, and the same users.</summary>
    private async Task<ApiReply> RegisterAsync(HttpContext http, string[] segments) =>
        _authentication.Find(http.Request) is { } caller
            ? await _registry.AnswerAsync(new ApiRequest(http, segments[1..], DittoHeaders.Empty, caller))
            : RegistryReply.NotAuthenticated();

    private ValueTask<ApiReply> RouteAsync(ApiRequest request) => request.Segments switch
    {
        ["things", ..] or ["search", "things"] when StreamRoutes.AreMeantBy(request) => _streams.AnswerAsync(request),
        _ when MessageRoutes.TryRead(request.Segments, out var message) => _messages.AnswerAsync(request, message),
        ["things", ..] => _things.AnswerAsync(request),
        ["policies", ..] => _policies.AnswerAsync(request),
        ["search", "things"] => _search.FindAsync(request),
        ["search", "things", "count"] => _search.CountAsync(request),
        ["checkPermissions"] => _policies.CheckAsync(request),
        ["whoami"] => new(request.Method == "GET" ? ApiReply.Ok(WhoAmI.Of(request.Caller)) : ApiReply.MethodNotAllowed),
        _ => new(ApiReply.NotFound),
    };
}
