using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Leda.Harness.Device.Engines.Containerd.Protos.Content;

namespace Leda.Harness.Device.Engines.Containerd.Images;

/// <summary>containerd's blobs: manifests, configurations and layers by digest.</summary>
internal sealed class BlobStore(ContainerdClient client, TimeProvider time)
{
    private const int Chunk = 512 * 1024;
    private const long Longest = 16 * 1024 * 1024;

    /// <summary>A source that sends nothing for this long is given up.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    /// <summary>Reads a small blob whole.</summary>
    /// <exception cref="RpcException">It is not there (<see cref="StatusCode.NotFound"/>), or cannot be read.</exception>
    public async Task<byte[]> ReadAsync(string digest, CancellationToken cancellationToken)
    {
        using var call = client.Content.Read(new ReadContentRequest { Digest = digest }, client.Call(cancellationToken));
        var content = new MemoryStream();
        while (await call.ResponseStream.MoveNext(cancellationToken))
        {
            call.ResponseStream.Current.Data.WriteTo(content);
            if (content.Length > Longest)
                throw new EngineException($"the blob {digest} is longer than a manifest or configuration can be");
        }

        return content.ToArray();
    }

    public async Task<bool> ExistsAsync(string digest, CancellationToken cancellationToken)
    {
        try
        {
            await client.Content.InfoAsync(new InfoRequest { Digest = digest }, client.Call(cancellationToken));
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Adds labels to a blob that is there; they are what keeps the blobs that it refers to.</summary>
    public async Task LabelAsync(string digest, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        await client.Content.UpdateAsync(
            new UpdateRequest
            {
                Info = new ContentInfo { Digest = digest, Labels = { labels.ToDictionary() } },
                UpdateMask = new FieldMask { Paths = { labels.Keys.Select(key => $"labels.{key}") } },
            },
            client.Call(cancellationToken));
    }

    /// <summary>Writes a blob; containerd checks its digest. One that is there already, or that someone else has just written, is fine.</summary>
    public async Task WriteAsync(OciDescriptor blob, Stream source, Lease lease, CancellationToken cancellationToken)
    {
        // The name is this lease's own: two at once may write the same blob, and the second one finds it written.
        var name = $"{lease.Id}-{blob.Digest}";
        try
        {
            await CopyAsync(name, blob, source, lease, cancellationToken);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // Now it is there.
        }
        catch
        {
            await AbortAsync(name);
            throw;
        }
    }

    private async Task CopyAsync(string name, OciDescriptor blob, Stream source, Lease lease, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var call = client.Content.Write(client.LongCall(either.Token, lease));
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            // What another namespace has is there already, and only to be taken over.
            var begun = await SendAsync(call, new() { Action = WriteAction.Stat, Ref = name, Total = blob.Size, Expected = blob.Digest }, either.Token);
            var offset = begun.Offset == blob.Size ? begun.Offset : 0;
            for (int count; offset < blob.Size && (count = await source.ReadAtLeastAsync(buffer.AsMemory(0, Chunk), Chunk, throwOnEndOfStream: false, either.Token)) > 0; offset += count)
            {
                silence.CancelAfter(_patience);
                await SendAsync(call, new() { Action = WriteAction.Write, Offset = offset, Data = ByteString.CopyFrom(buffer, 0, count) }, either.Token);
            }

            await SendAsync(call, new() { Action = WriteAction.Commit, Offset = offset, Total = blob.Size, Expected = blob.Digest }, either.Token);
            await call.RequestStream.CompleteAsync();
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EngineException($"the download of {blob.Digest} stalled for {_patience.TotalSeconds} s");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<WriteContentResponse> SendAsync(
        AsyncDuplexStreamingCall<WriteContentRequest, WriteContentResponse> call, WriteContentRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // containerd ended the call; the answer says why.
        }

        return await call.ResponseStream.MoveNext(cancellationToken)
            ? call.ResponseStream.Current
            : throw new EngineException("containerd ended the writing of a blob");
    }

    private async Task AbortAsync(string name)
    {
        try
        {
            await client.Content.AbortAsync(new AbortRequest { Ref = name }, client.Call(CancellationToken.None));
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // It never began, or is collected with the lease.
        }
    }
}
