using System.Threading.Channels;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Control.Server;

/// <summary>Answers what went wrong as the original's server does: status <c>Unknown</c> with the text (recording 10).</summary>
/// <param name="log">Is told of what is nobody's mistake but ours.</param>
internal sealed class Failures(Action<string> log) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw new RpcException(Answer(e, context));
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (e is not RpcException)
        {
            throw new RpcException(Answer(e, context));
        }
    }

    private Status Answer(Exception e, ServerCallContext context)
    {
        if (e is ContainerException or EngineException)
            return new Status(StatusCode.Unknown, e.Message);
        if (e is ChannelClosedException)
            return new Status(StatusCode.Unavailable, "the device is stopping");
        if (!context.CancellationToken.IsCancellationRequested)
            log($"unexpected, please report: {e}");
        return new Status(StatusCode.Internal, $"unexpected, see the device's log: {e.Message}");
    }
}
