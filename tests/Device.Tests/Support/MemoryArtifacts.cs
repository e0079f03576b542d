using System.Text;
using Leda.Harness.Device.Artifacts;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>A web server without a network. What it does not have it answers as web servers do, with a page that says so.</summary>
internal sealed class MemoryArtifacts : IArtifactSource
{
    public const string Base = "http://files.example/";

    private static readonly byte[] _notFound = "<html>404 page not found</html>"u8.ToArray();

    private TaskCompletionSource? _hold;

    /// <summary>The files by name.</summary>
    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal)
    {
        ["valid.json"] = Bytes("""{"container_name":"influxdb","image":{"name":"docker.io/library/influxdb:1.8.4"}}"""),
        ["other.json"] = Bytes("""{"container_name":"other","image":{"name":"docker.io/library/busybox:1.35"}}"""),
        ["invalid.json"] = Bytes("""{"container_name":"bad name!","image":{"name":""}}"""),
        ["noimage.json"] = Bytes("""{"container_name":"noimg","image":{"name":"127.0.0.1:35000/nosuch/image:1"}}"""),
    };

    /// <summary>What was asked for, in order.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>How often it tells how far it is.</summary>
    public int Steps { get; init; } = 2;

    /// <summary>Whether it goes on when it is told to give up, as it may if it is nearly done.</summary>
    public bool IsDeaf { get; init; }

    /// <summary>From now on the server is silent, until <see cref="GoOn"/>.</summary>
    public void Hold() => _hold = new TaskCompletionSource();

    public void GoOn()
    {
        var held = _hold;
        _hold = null;
        held?.TrySetResult();
    }

    public async Task<ReadOnlyMemory<byte>> FetchAsync(
        Uri address, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken = default)
    {
        Requests.Add(address.OriginalString);
        if (address.Port is > 0 and < 80)
            throw new ArtifactException($"Get \"{address}\": dial tcp {address.Authority}: connect: connection refused");
        var file = Files.GetValueOrDefault(address.AbsolutePath[1..], _notFound);
        for (var i = 1; i < Steps; i++)
            await progress(new DownloadProgress(((file.Length * i) + Steps - 1) / Steps, file.Length));
        if (_hold is { } hold)
        {
            await using var given = cancellationToken.Register(() => _ = !IsDeaf && hold.TrySetCanceled(cancellationToken));
            await hold.Task;
        }

        await progress(new DownloadProgress(file.Length, file.Length));
        return file;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
