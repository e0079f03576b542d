using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Twins;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Messages;

/// <summary>Commands over HTTP that go to the device instead of the stored twin: <c>channel=live</c>, or <c>live-channel-condition</c>, which
/// decides by the twin (<c>ditto.md</c> 3.3).</summary>
internal sealed class LiveCommands(DittoCloud cloud)
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);
    private readonly LiveGate _gate = new(cloud.Things, cloud.Time);

    /// <summary>Answers a command by whom it is for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="command">The command that it is.</param>
    /// <param name="twin">Answers for the twin.</param>
    public async ValueTask<ApiReply> AnswerAsync(ApiRequest request, TwinCommand command, Func<ValueTask<ApiReply>> twin)
    {
        var condition = request.Headers.Text("live-channel-condition");
        if (condition is null)
            return IsLive(request) ? (await AskAsync(request, command)).Reply : await twin();
        if (command.Action != "retrieve")
            return ApiReply.Of(ApiError.LiveConditionNotAllowed(request.Method));
        if (cloud.Things.Find(command.Thing) is not { } thing)
            return ApiReply.Of(TwinErrors.ThingNotFound(command.Thing));
        if (_gate.Check(thing, request.Caller, condition, out var matched) is { } error)
            return ApiReply.Of(error);
        if (!matched)
            return Mark(await twin(), TopicPath.TwinChannel, false);
        var (reply, answered) = await AskAsync(request, command);
        return !answered && request.Headers.Text("live-channel-timeout-strategy") == "use-twin"
            ? Mark(await twin(), TopicPath.TwinChannel, true)
            : Mark(reply, TopicPath.LiveChannel, true);
    }

    /// <summary>Whether a request is for the device in any case.</summary>
    public static bool IsLive(ApiRequest request) =>
        string.Equals(request.Headers.Text("channel"), TopicPath.LiveChannel, StringComparison.OrdinalIgnoreCase);

    private static ApiReply Mark(ApiReply reply, string channel, bool matched) => reply with
    {
        Others = [new("channel", channel), new("live-channel-condition-matched", matched ? "true" : "false"), new("response-required", "false")],
    };

    private async Task<(ApiReply Reply, bool Answered)> AskAsync(ApiRequest request, TwinCommand command)
    {
        if (!LiveWait.TryRead(request.Headers, DittoDuration.Default, _longest, "gateway:timeout.invalid", out var wait, out var error)
            || !PassedHeaders.TryRead(request, ContentType(command), out var headers, out error))
            return (ApiReply.Of(error), true);
        if (command.Action == "retrieve" && !wait.Wanted)
            return (ApiReply.Empty(StatusCodes.Status202Accepted), true); // a question that nobody wants answered is not asked
        var topic = new TopicPath(command.Thing, TopicPath.LiveChannel, Criterion.Commands, command.Action);
        var envelope = new Envelope
        {
            Topic = topic.ToString(),
            Headers = LiveHeaders.Of(headers, request.Caller.DefaultSubject, wait.Timeout, wait.Wanted),
            Path = command.Path.ToString(),
            Value = command.Value,
            Fields = command.Fields,
        };
        var result = await cloud.Live.SendAsync(
            new LiveSignal(topic, envelope)
            {
                Caller = request.Caller,
                Condition = request.Headers.Text("condition"),
                Wait = wait.Wanted ? wait.Timeout : TimeSpan.Zero,
            },
            request.Http.RequestAborted);
        return result switch
        {
            { Error: { } refused } => (ApiReply.Of(refused), true),
            { Response: { } response } => (ToReply(response), true),
            _ when wait.Wanted => (ApiReply.Of(LiveErrors.TimedOut(isCommand: true)), false),
            _ => (ApiReply.Empty(StatusCodes.Status202Accepted), true),
        };
    }

    private static string? ContentType(TwinCommand command) => command switch
    {
        { Value: null } => null,
        { Action: "merge" } => DittoHeaders.MergePatchContentType,
        _ => DittoHeaders.JsonContentType,
    };

    private static ApiReply ToReply(Envelope response)
    {
        var status = response.Status!.Value;
        var reply = response.Value is { } value && status != StatusCodes.Status204NoContent
            ? ApiReply.Json(status, value)
            : ApiReply.Empty(status);
        return reply with { Others = [new("channel", TopicPath.LiveChannel), new("response-required", "false")] };
    }
}
