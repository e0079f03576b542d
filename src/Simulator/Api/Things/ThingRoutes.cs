using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api.Acks;
using Leda.Harness.Simulator.Api.Messages;
using Leda.Harness.Simulator.Api.Search;
using Leda.Harness.Simulator.Twins;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Things;

/// <summary><c>/things</c> and everything below a thing but its messages (<c>ditto.md</c> 4.2).</summary>
internal sealed class ThingRoutes(ApiOptions options, DittoCloud cloud, AckBoard acks)
{
    private readonly ThingListing _listing = new(cloud);
    private readonly LiveCommands _live = new(cloud);

    public async ValueTask<ApiReply> AnswerAsync(ApiRequest request)
    {
        if (request.Segments is ["things"])
        {
            return request.Method switch
            {
                "POST" => await PostAsync(request),
                "GET" => _listing.Answer(request),
                _ => ApiReply.MethodNotAllowed,
            };
        }

        var (id, below) = (request.Segments[1], request.Segments.AsMemory(2));
        if (id.Length == 0 || IsUnroutable(below.Span))
            return ApiReply.NotFound;
        if (!ThingId.TryParse(id, out var thing, out var problem))
            return ApiReply.Of(ApiError.IdInvalid(id, problem));
        return await AnswerAsync(request, thing, "/" + string.Join('/', below.ToArray()));
    }

    /// <summary>An empty segment is an error of the pointer below attributes and properties, elsewhere it leads nowhere.</summary>
    private static bool IsUnroutable(ReadOnlySpan<string> below) => below switch
    {
        ["attributes", ..] => false,
        ["features", { Length: > 0 }, "properties" or "desiredProperties", ..] => false,
        _ => below.Contains(""),
    };

    private static ApiReply Created(ApiReply reply, string location) => reply.Status == StatusCodes.Status201Created ? reply with { Location = location } : reply;

    private async ValueTask<ApiReply> AnswerAsync(ApiRequest request, ThingId thing, string pointer)
    {
        if (!ResourcePath.TryParse(pointer, out var path, out var problem))
            return pointer.Contains("//", StringComparison.Ordinal) ? ApiReply.Of(TwinErrors.OfPath(pointer, problem)) : ApiReply.NotFound;
        return request.Method switch
        {
            "GET" => await ExecuteAsync(request, thing, "retrieve", path),
            "PUT" => Created(await WriteAsync(request, thing, "modify", path, await request.ReadJsonAsync()), request.Url),
            "PATCH" => Created(await WriteAsync(request, thing, "merge", path, await request.ReadPatchAsync()), request.Url),
            "DELETE" when path.Kind != ResourceKind.PolicyId => await ExecuteAsync(request, thing, "delete", path),
            _ => ApiReply.MethodNotAllowed,
        };
    }

    private async ValueTask<ApiReply> PostAsync(ApiRequest request)
    {
        if (LiveCommands.IsLive(request))
            return ApiReply.Of(ApiError.NotCreatableLive());
        var (value, error) = await request.ReadJsonAsync();
        if (error is not null)
            return ApiReply.Of(error);
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("thingId", out _))
            return ApiReply.Of(ApiError.IdNotSettable());
        var @namespace = request.Query("namespace") ?? options.DefaultNamespace;
        var id = $"{@namespace}:{cloud.Ids.NewUuid()}";
        while (ThingId.TryParse(id, out var taken, out _) && cloud.Things.Find(taken) is not null)
            id = $"{@namespace}:{cloud.Ids.NewUuid()}"; // equal seeds give equal ids, also after a restart
        if (!ThingId.TryParse(id, out var thing, out var problem))
            return ApiReply.Of(ApiError.IdInvalid(id, problem));
        var reply = await WriteAsync(request, thing, "create", ResourcePath.Thing, (value, null));
        return Created(reply, $"{request.Url}/{Uri.EscapeDataString(id)}");
    }

    private async ValueTask<ApiReply> WriteAsync(
        ApiRequest request, ThingId thing, string action, ResourcePath path, (JsonElement Value, DittoError? Error) body) => body.Error is { } error
        ? ApiReply.Of(error)
        : await ExecuteAsync(request, thing, action, path, body.Value);

    private ValueTask<ApiReply> ExecuteAsync(ApiRequest request, ThingId thing, string action, ResourcePath path, JsonElement? value = null)
    {
        var command = new TwinCommand(thing, action, path, value, request.Headers, request.Query("fields")) { Caller = request.Caller };
        return _live.AnswerAsync(request, command, () => ExecuteOnTwinAsync(request, command));
    }

    private async ValueTask<ApiReply> ExecuteOnTwinAsync(ApiRequest request, TwinCommand command)
    {
        AckDemand? demand = null;
        if (command.Action != "retrieve" && !AckDemand.TryRead(request.Headers, out demand, out var error))
            return ApiReply.Of(error);
        await cloud.Signals.RoomAsync();
        if (demand is { IsOrdinary: false })
            return await CollectAsync(request, command, demand);
        var outcome = cloud.Things.Execute(command);
        return outcome.Error is null && demand is { WantsResponse: false } ? ApiReply.Empty(StatusCodes.Status202Accepted) : Reply(outcome);
    }

    private async ValueTask<ApiReply> CollectAsync(ApiRequest request, TwinCommand command, AckDemand demand)
    {
        var location = command.Action == "create" ? $"{request.Url}/{Uri.EscapeDataString(command.Thing.ToString())}" : request.Url;
        var (all, outcome) = await acks.ExecuteAsync(command, demand, location, request.Http.RequestAborted);
        return all switch
        {
            [] => Reply(outcome),
            [{ Payload: { } payload } one] => ApiReply.Json(one.Status, payload),
            [var one] => ApiReply.Empty(one.Status),
            _ => ApiReply.Json(AggregatedAcks.StatusOf(all), AggregatedAcks.ToJson(all)),
        };
    }

    private static ApiReply Reply(TwinOutcome outcome)
    {
        var reply = outcome switch
        {
            { Error: { } error } => ApiReply.Of(error),
            { Value: { } said } => ApiReply.Json(outcome.Status, said),
            _ => ApiReply.Empty(outcome.Status),
        };
        return reply with
        {
            ETag = outcome.ETag,
            Revision = outcome.Revision,
            Others = outcome.Metadata is { } metadata ? [new(MetadataHeaders.Answer, ApiHeaders.ToText(metadata))] : [],
        };
    }
}
