using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Registry;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Registry;

/// <summary>How the device registry answers: errors as <c>{"error":"…"}</c>, versions as bare entity tags.</summary>
internal static class RegistryReply
{
    public static ApiReply Error(int status, string problem) =>
        ApiReply.Json(status, JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("error", problem);
            writer.WriteEndObject();
        }));

    /// <summary>The answer to a change.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="collection">Where to find what was created, without its id.</param>
    public static ApiReply Of(RegistryOutcome outcome, string collection = "")
    {
        if (outcome.Problem is { } problem)
            return Error(outcome.Status, problem);
        if (outcome.Status != StatusCodes.Status201Created)
            return ApiReply.Empty(outcome.Status) with { ETag = outcome.Version };
        var body = JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", outcome.Id);
            writer.WriteEndObject();
        });
        return ApiReply.Json(outcome.Status, body) with { ETag = outcome.Version, Location = $"{collection}/{outcome.Id}" };
    }

    public static ApiReply Found(JsonElement json, string version) => ApiReply.Ok(json) with { ETag = version };

    public static ApiReply NotAuthenticated() =>
        Error(StatusCodes.Status401Unauthorized, "The request is not authenticated. Send user and password (HTTP Basic).") with
        {
            Others = [new("WWW-Authenticate", "Basic realm=\"hono\", charset=\"UTF-8\"")],
        };
}
