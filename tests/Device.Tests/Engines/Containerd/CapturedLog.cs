using System.Text;
using System.Threading.Channels;
using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>What a container wrote, for tests that wait for it.</summary>
internal sealed class CapturedLog : IContainerLog
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>All lines so far that were read, as <c>stream: line</c>.</summary>
    public List<string> Read { get; } = [];

    public void Write(string stream, ReadOnlySpan<byte> line) => _lines.Writer.TryWrite($"{stream}: {Encoding.UTF8.GetString(line)}");

    /// <summary>Waits for a line with this text in it.</summary>
    public async Task<string> UntilAsync(string text)
    {
        while (true)
        {
            var line = await NextAsync();
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
    }

    /// <summary>All that has been written.</summary>
    public List<string> All()
    {
        while (_lines.Reader.TryRead(out var line))
            Read.Add(line);
        return Read;
    }

    private async Task<string> NextAsync()
    {
        try
        {
            var line = await _lines.Reader.ReadAsync().AsTask().WaitAsync(EngineWorld.Net);
            Read.Add(line);
            return line;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"the container wrote only:\n{string.Concat(Read)}", e);
        }
    }
}
