using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Leda.Harness.Device.Control.Server;

/// <summary>
/// Lets Go's gRPC clients in, <c>kanto-cm</c> among them: on a Unix socket they name the socket's path as <c>:authority</c>, which is no
/// host name, and Kestrel resets such a stream. On this socket the authority means nothing, so it is replaced on its way in.
/// </summary>
internal static class GoAuthority
{
    /// <summary>Connection middleware for Kestrel.</summary>
    public static ConnectionDelegate Tolerate(ConnectionDelegate next) => async connection =>
    {
        var outside = connection.Transport;
        var inside = new Pipe();
        var pump = PumpAsync(outside.Input, inside.Writer);
        connection.Transport = new Duplex(inside.Reader, outside.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = outside;
            await inside.Reader.CompleteAsync();
            outside.Input.CancelPendingRead();
            await pump;
        }
    };

    private static async Task PumpAsync(PipeReader from, PipeWriter to)
    {
        var frames = new FrameCutter();
        try
        {
            while (true)
            {
                var read = await from.ReadAsync();
                var rest = read.Buffer;
                while (frames.TryCut(ref rest, out var frame))
                    Pass(frame, to);
                from.AdvanceTo(rest.Start, rest.End);
                if ((await to.FlushAsync()).IsCompleted || read.IsCompleted || read.IsCanceled)
                    break;
            }

            await to.CompleteAsync();
        }
        catch (Exception e) when (e is IOException or ConnectionAbortedException or OperationCanceledException)
        {
            await to.CompleteAsync(e);
        }
    }

    private static void Pass(ReadOnlySequence<byte> frame, PipeWriter to)
    {
        var length = (int)frame.Length;
        var copy = to.GetSpan(length)[..length];
        frame.CopyTo(copy);
        HeaderBlock.ReplaceAuthority(copy);
        to.Advance(length);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
