using System.Collections.Concurrent;
using System.Text;
using Leda.Harness.Device.Artifacts;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>
/// The server of a scenario: files that it offers, some of them not before they are let go. For what it does not have it sends a page that
/// says so, which a device that does not look at the status takes for the file. No other server can be reached.
/// </summary>
internal sealed class OfferedFiles : IArtifactSource
{
    private const string Host = "server.test";

    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();

    /// <summary>Where a file of this name is; one that is an address stays as it is.</summary>
    public static string Address(string file) => file.Contains("://", StringComparison.Ordinal) ? file : $"http://{Host}/{file}";

    /// <summary>Has this file from now on.</summary>
    public void Offer(string file, string content) => _files[file] = Encoding.UTF8.GetBytes(content);

    /// <summary>Sends half of this file and keeps the rest back.</summary>
    public void Hold(string file) => _held[file] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sends the rest.</summary>
    public void LetGo(string file) => _held[file].TrySetResult();

    /// <summary>What is sent for that name.</summary>
    public byte[] Content(string file) => _files.GetValueOrDefault(file) ?? "404 page not found"u8.ToArray();

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> FetchAsync(
        Uri address, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken = default)
    {
        if (address.Host != Host)
            throw new ArtifactException($"Get \"{address.OriginalString}\": dial tcp: lookup {address.Host}: no such host");
        var file = address.AbsolutePath[1..];
        var content = Content(file);
        await progress(new DownloadProgress(content.Length / 2, content.Length));
        if (_held.TryGetValue(file, out var held))
        {
            await using var given = cancellationToken.Register(() => held.TrySetCanceled(cancellationToken));
            await held.Task;
        }

        await progress(new DownloadProgress(content.Length, content.Length));
        return content;
    }
}
