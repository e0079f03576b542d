using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Messages;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Messages;

/// <summary><c>/things/{id}[/features/{f}]/(inbox|outbox)/messages/{subject…}</c> and <c>/things/{id}/inbox/claim</c>: from the caller to those
/// who listen and to the device, and the first answer back (<c>ditto.md</c> 3.2).</summary>
internal sealed class MessageRoutes(ApiOptions options, DittoCloud cloud)
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _longestClaim = TimeSpan.FromMinutes(10);

    /// <summary>The message that a path below <c>/api/2</c> leads to; its subject may be empty.</summary>
    /// <returns><see langword="false"/> if it leads elsewhere.</returns>
    public static bool TryRead(string[] segments, out MessagePath path)
    {
        path = segments switch
        {
            ["things", { Length: > 0 }, "inbox", "claim"] => new(null, MessageDirection.Inbox, LiveSubjects.Claim),
            ["things", { Length: > 0 }, "inbox" or "outbox", "messages", .. var subject] => new(null, Direction(segments[2]), string.Join('/', subject)),
            ["things", { Length: > 0 }, "features", { Length: > 0 } feature, "inbox" or "outbox", "messages", .. var subject] =>
                new(feature, Direction(segments[4]), string.Join('/', subject)),
            _ => default,
        };
        return path.Subject is not null;
    }

    public async ValueTask<ApiReply> AnswerAsync(ApiRequest request, MessagePath path)
    {
        if (request.Method != "POST")
            return ApiReply.MethodNotAllowed;
        if (!ThingId.TryParse(request.Segments[1], out var thing, out var problem))
            return ApiReply.Of(ApiError.IdInvalid(request.Segments[1], problem));
        if (path.Subject.Length == 0)
            return ApiReply.Of(ApiError.SubjectInvalid());
        var isClaim = request.Segments[^1] == LiveSubjects.Claim && request.Segments.Length == 4;
        if (!LiveWait.TryRead(request.Headers, options.MessageTimeout, isClaim ? _longestClaim : _longest, "timeout.invalid", out var wait, out var error))
            return ApiReply.Of(error);
        if (await ReadAsync(request) is not { } payload)
            return ApiReply.Of(ApiError.MessageTooLarge(MessageBody.Largest));
        var contentType = MessageBody.Normalized(request.Http.Request.ContentType);
        (var value, error) = MessageBody.Read(payload, contentType);
        if (error is not null || !PassedHeaders.TryRead(request, contentType, out var headers, out error))
            return ApiReply.Of(error);
        var topic = TopicPath.LiveMessage(thing, path.Subject);
        var envelope = new Envelope
        {
            Topic = topic.ToString(),
            Headers = LiveHeaders.OfMessage(headers, request.Caller.DefaultSubject, wait.Timeout, wait.Wanted, thing, path),
            Path = path.ToString(),
            Value = value,
        };
        return await SendAsync(request, wait, new LiveSignal(topic, envelope) { Caller = request.Caller, Condition = request.Headers.Text("condition") });
    }

    private static MessageDirection Direction(string box) => box == "inbox" ? MessageDirection.Inbox : MessageDirection.Outbox;

    /// <summary>The payload; <see langword="null"/> if it is too large.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(ApiRequest request)
    {
        try
        {
            var payload = await request.ReadBytesAsync();
            return payload.Length > MessageBody.Largest ? default(ReadOnlyMemory<byte>?) : payload;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private async Task<ApiReply> SendAsync(ApiRequest request, LiveWait wait, LiveSignal signal)
    {
        var result = await cloud.Live.SendAsync(
            signal with { Wait = wait.Wanted ? wait.Timeout : TimeSpan.Zero }, request.Http.RequestAborted);
        return result switch
        {
            { Error: { } refused } => ApiReply.Of(refused),
            { Response: { } response } => MessageBody.ToReply(response),
            _ => wait.Wanted ? ApiReply.Of(LiveErrors.TimedOut(isCommand: false)) : ApiReply.Empty(StatusCodes.Status202Accepted),
        };
    }
}
