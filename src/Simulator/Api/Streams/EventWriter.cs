using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Leda.Harness.Protocol;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Simulator.Api.Streams;

/// <summary>Answers a request with a stream of server-sent events.</summary>
internal sealed class EventWriter(HttpContext http)
{
    /// <summary>The media type that a request has to name.</summary>
    public const string MediaType = "text/event-stream";

    // So much is written before the client has to take it.
    private const int Batch = 16_384;

    private readonly PipeWriter _body = http.Response.BodyWriter;

    /// <summary>Says that a stream follows.</summary>
    public async ValueTask OpenAsync(string? correlationId)
    {
        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["correlation-id"] = correlationId;
        await http.Response.StartAsync(http.RequestAborted);
        await FlushAsync();
    }

    /// <summary>Writes an event; when much is written, waits until the client has taken it.</summary>
    public async ValueTask WriteAsync(ServerEvent said)
    {
        if (said.Id is not null)
            WriteField("id:"u8, said.Id);
        if (said.Name is not null)
            WriteField("event:"u8, said.Name);
        var lines = said.Data.Span;
        while (true)
        {
            var end = lines.IndexOfAny((byte)'\r', (byte)'\n');
            WriteLine("data:"u8, end < 0 ? lines : lines[..end]);
            if (end < 0)
                break;
            lines = lines[(lines[end..].StartsWith("\r\n"u8) ? end + 2 : end + 1)..];
        }

        _body.Write("\n"u8);
        if (_body.UnflushedBytes >= Batch)
            await FlushAsync();
    }

    /// <summary>Sends what is written.</summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async ValueTask FlushAsync()
    {
        var flushed = await _body.FlushAsync(http.RequestAborted);
        if (flushed.IsCompleted)
            throw new OperationCanceledException("The client takes no more.");
    }

    private void WriteField(ReadOnlySpan<byte> name, string value) => WriteLine(name, Encoding.UTF8.GetBytes(PlainText.Of(value)));

    private void WriteLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _body.Write(name);
        _body.Write(value);
        _body.Write("\n"u8);
    }
}
