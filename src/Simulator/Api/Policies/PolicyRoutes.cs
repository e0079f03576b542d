using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Twins;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Policies;

/// <summary><c>/policies</c> and <c>/checkPermissions</c> (<c>ditto.md</c> 4.2).</summary>
internal sealed class PolicyRoutes(ApiOptions options, DittoCloud cloud)
{
    public async ValueTask<ApiReply> AnswerAsync(ApiRequest request)
    {
        if (request.Segments is ["policies"])
            return request.Method == "POST" ? await PostAsync(request) : ApiReply.MethodNotAllowed;
        var (id, below) = (request.Segments[1], string.Join('/', request.Segments[2..]));
        if (id.Length == 0 || !PolicyPath.TryParse("/" + below, out var path, out _))
            return ApiReply.NotFound;
        if (!ThingId.TryParse(id, out var policy, out var problem))
            return ApiReply.Of(PolicyErrors.IdInvalid(problem));
        return request.Method switch
        {
            "GET" => Execute(request, policy, "retrieve", path),
            "PUT" => Created(await PutAsync(request, policy, path), request.Url),
            "DELETE" => Execute(request, policy, "delete", path),
            _ => ApiReply.MethodNotAllowed,
        };
    }

    /// <summary>Which permissions the caller has.</summary>
    public async ValueTask<ApiReply> CheckAsync(ApiRequest request)
    {
        if (request.Method != "POST")
            return ApiReply.MethodNotAllowed;
        var (value, error) = await request.ReadJsonAsync();
        if (error is not null)
            return ApiReply.Of(error);
        var outcome = PermissionChecks.Evaluate(cloud.Policies, request.Caller, value, id => cloud.Things.Find(id)?.Policy);
        return outcome.Error is { } refused ? ApiReply.Of(refused) : ApiReply.Ok(outcome.Value!.Value);
    }

    private static ApiReply Created(ApiReply reply, string location) =>
        reply.Status == StatusCodes.Status201Created ? reply with { Location = location } : reply;

    private async ValueTask<ApiReply> PostAsync(ApiRequest request)
    {
        var (value, error) = await request.ReadJsonAsync();
        if (error is not null)
            return ApiReply.Of(error);
        var id = $"{request.Query("namespace") ?? options.DefaultNamespace}:{cloud.Ids.NewUuid()}";
        if (!ThingId.TryParse(id, out var policy, out var problem))
            return ApiReply.Of(PolicyErrors.IdInvalid(problem));
        return Created(Execute(request, policy, "create", PolicyPath.Policy, value), $"{request.Url}/{Uri.EscapeDataString(id)}");
    }

    private async ValueTask<ApiReply> PutAsync(ApiRequest request, ThingId policy, PolicyPath path)
    {
        var (value, error) = await request.ReadJsonAsync();
        return error is null ? Execute(request, policy, "modify", path, value) : ApiReply.Of(error);
    }

    private ApiReply Execute(ApiRequest request, ThingId policy, string action, PolicyPath path, JsonElement? value = null)
    {
        if (!Preconditions.TryRead(request.Headers, out var conditions, out var error))
            return ApiReply.Of(error);
        TwinOutcome? unmet = null;
        var outcome = cloud.Policies.Execute(new PolicyCommand
        {
            Id = policy,
            Action = action,
            Path = path,
            Value = value,
            Caller = request.Caller,
            AllowLockout = request.Headers.Find("allow-policy-lockout") is { ValueKind: JsonValueKind.True },
            Precondition = present => (unmet = Check(conditions, action, Tag(present, path)))?.Error,
        });
        if (outcome.Error is { } refused)
            return ApiReply.Of(refused) with { ETag = unmet?.ETag };
        var reply = outcome.Value is { } said ? ApiReply.Json(outcome.Status, said) : ApiReply.Empty(outcome.Status);
        return reply with { ETag = Tag(outcome.Policy, path), Revision = outcome.Policy?.Revision };
    }

    private static TwinOutcome? Check(Preconditions conditions, string action, string? tag)
    {
        var unmet = action == "retrieve" ? tag is null ? null : conditions.CheckRead(tag) : conditions.CheckWrite(tag);
        return unmet is { Error: { } error }
            ? unmet with { Error = error with { Error = error.Error.Replace("things:", "policies:", StringComparison.Ordinal) } }
            : unmet;
    }

    private static string? Tag(Policy? policy, PolicyPath path)
    {
        if (policy is null)
            return null;
        if (path.Part == PolicyPart.Policy)
            return EntityTag.OfRevision(policy.Revision);
        return path.In(policy.ToJson()) is { } value ? EntityTag.OfValue(value) : null;
    }
}
