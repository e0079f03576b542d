using System.Collections.Immutable;
using System.Net.WebSockets;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Api.Acks;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Twins;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.WebSockets;

/// <summary><c>/ws/2</c>: one session for each socket (<c>ditto.md</c> 5.1).</summary>
internal sealed class SocketRoute(ApiOptions options, DittoCloud cloud, AckBoard acks)
{
    // A suite's client answers pings only while it reads, which it may not do for minutes.
    private static readonly WebSocketAcceptContext _accept =
        new() { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromMinutes(5) };

    /// <summary>Opens the socket and serves it until it is closed.</summary>
    public async ValueTask<ApiReply> ServeAsync(HttpContext http, DittoHeaders headers, Caller caller)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            return ApiReply.Of(ApiError.NoWebSocket()).For(headers);
        ImmutableHashSet<string> labels = [.. AckLabels.IssuedBy(headers)];
        if (labels.FirstOrDefault(l => !AckLabels.IsValid(l) || AckLabels.IsBuiltIn(l)) is { } bad)
            return ApiReply.Of(AckErrors.LabelInvalid(bad)).For(headers);
        http.Response.Headers["correlation-id"] = headers.CorrelationId;
        using var socket = await http.WebSockets.AcceptWebSocketAsync(_accept);
        using var session = new SocketSession(socket, cloud.Ids.NewUuid(), caller, options, cloud, acks, labels);
        try
        {
            await session.RunAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException)
        {
            http.Abort(); // the client is gone without a word, or speaks no WebSocket
        }

        return ApiReply.Empty(StatusCodes.Status101SwitchingProtocols);
    }
}
