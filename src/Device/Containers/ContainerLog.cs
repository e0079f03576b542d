using System.Text;
using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>
/// What a container writes, a JSON object a line: <c>{"stream":"stdout","log":"hello\n","time":"…"}</c> (recording 10). It is in
/// <c>json.log</c> in the container's directory, or in <c>&lt;rootDir&gt;/&lt;id&gt;/</c>, where the original writes it too but does not find it
/// again (<c>kanto-container-management.md</c> 9). A container is never held up: what cannot be written waits if the mode is
/// <c>NON_BLOCKING</c> and there is room in its buffer; otherwise it is dropped, counted and told. Without a data directory the last lines
/// are kept in memory. It may be used by several threads.
/// </summary>
internal sealed class ContainerLog : IContainerLog
{
    private const long InMemory = 256 * 1024;

    private readonly Lock _gate = new();
    private readonly LogFiles? _files;
    private readonly LineBuffer _waiting;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly bool _keeps;
    private long _dropped;
    private bool _deleted;

    private ContainerLog(LogFiles? files, bool keeps, long room, TimeProvider time, Action<string> tell)
    {
        _files = files;
        _keeps = keeps;
        _waiting = new LineBuffer(room);
        _time = time;
        _tell = tell;
    }

    /// <summary>The log that a container's configuration asks for.</summary>
    /// <param name="container">The container.</param>
    /// <param name="home">Its own directory; <see langword="null"/> if nothing is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Told about lines that cannot be kept.</param>
    public static ContainerLog Of(Container container, string? home, TimeProvider time, Action<string> log)
    {
        var config = container.Config.Log ?? new LogConfig();
        var directory = config.RootDir is { Length: > 0 } root ? Path.Combine(root, container.Id) : home;
        var keeps = config.Type != "NONE";
        return new ContainerLog(
            keeps && directory is not null ? new LogFiles(directory, Math.Max(1, config.MaxFiles), Bytes(config.MaxSize)) : null,
            keeps,
            directory is null ? InMemory : config.Mode == "NON_BLOCKING" ? Bytes(config.MaxBufferSize) : 0,
            time,
            problem => log($"container {container.Id}: {problem}"));
    }

    /// <summary>Why no log can be made of this configuration, or <see langword="null"/>.</summary>
    public static string? Check(ContainerConfig config) =>
        config.Log is { Type: not "NONE", RootDir: { Length: > 0 } root } && !Path.IsPathRooted(root)
            ? $"the root directory of the log must be an absolute path, not {root}"
            : null;

    /// <inheritdoc/>
    public void Write(string stream, ReadOnlySpan<byte> line)
    {
        if (!_keeps)
            return;
        var bytes = Format(stream, line);
        lock (_gate)
        {
            if (_files is null)
                _waiting.Push(bytes);
            else if (!_deleted)
                Write(_files, bytes);
        }
    }

    /// <summary>The last lines, oldest first, each without its line feed.</summary>
    /// <param name="lines">How many at most; all if negative.</param>
    /// <exception cref="ContainerException">They cannot be read.</exception>
    public IReadOnlyList<string> Tail(int lines)
    {
        var most = lines < 0 ? int.MaxValue : lines;
        lock (_gate)
        {
            try
            {
                var waiting = _waiting.Lines.Select(line => Encoding.UTF8.GetString(line).TrimEnd('\n')).TakeLast(most).ToList();
                return [.. _files?.Tail(most - waiting.Count) ?? [], .. waiting];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ContainerException($"the log cannot be read: {e.Message}");
            }
        }
    }

    /// <summary>Deletes what was written; what comes later is not kept.</summary>
    public void Delete()
    {
        lock (_gate)
        {
            _deleted = true;
            _files?.Delete();
        }
    }

    private void Write(LogFiles files, byte[] line)
    {
        try
        {
            for (; _waiting.Peek() is { } earlier; _waiting.Pop())
                files.Append(earlier);
            files.Append(line);
            if (_dropped > 0)
                _tell($"{_dropped} lines of its log are lost");
            _dropped = 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_waiting.TryAdd(line) && _dropped++ == 0)
                _tell($"its log cannot be written, lines are lost: {e.Message}");
        }
    }

    private byte[] Format(string stream, ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        var json = JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("stream", stream);
            writer.WriteString("log", text);
            writer.WriteString("time", Rfc3339.Format(_time.GetUtcNow()));
            writer.WriteEndObject();
        });
        return [.. json, (byte)'\n'];
    }

    private static long Bytes(string? size) => MemorySize.TryParse(size, out var parsed) ? (long)Math.Min(parsed.Bytes, long.MaxValue / 2) : 0;
}
