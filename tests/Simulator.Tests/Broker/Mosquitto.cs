using System.Diagnostics;
using System.Threading.Channels;
using Leda.Harness.Protocol.Tests.Messaging;

namespace Leda.Harness.Simulator.Tests.Broker;

/// <summary>Mosquitto's command-line clients: somebody else's MQTT, against which ours is tried.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    /// <summary>What precedes each printed message, so that it can be told from the client's own chatter.</summary>
    private const string Mark = "message: ";

    private readonly Process _process;
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _chatter = [];
    private readonly Task _reading;

    private Mosquitto(string program, int port, string arguments)
    {
        _process = Start(program, $"-h 127.0.0.1 -p {port} {arguments}");
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>Starts <c>mosquitto_sub</c>; each message is printed as <c>retain qos topic payload</c>.</summary>
    public static Mosquitto Subscribe(int port, string arguments) => new("mosquitto_sub", port, $"-d -F \"{Mark}%r %q %t %p\" {arguments}");

    /// <summary>Starts <c>mosquitto_pub</c> and leaves it running, publishing the lines that it is given.</summary>
    public static Mosquitto PublishLines(int port, string arguments) => new("mosquitto_pub", port, $"-d -l {arguments}");

    /// <summary>Runs <c>mosquitto_pub</c> to its end.</summary>
    public static async Task PublishAsync(int port, string arguments)
    {
        await using var publisher = new Mosquitto("mosquitto_pub", port, arguments);
        Assert.True(await publisher.ExitAsync() == 0, publisher.Chatter());
    }

    /// <summary>Waits for the SUBACK.</summary>
    public Task SubscribedAsync() => WaitAsync(_subscribed.Task);

    /// <summary>The next message, as <c>retain qos topic payload</c>.</summary>
    public Task<string> NextAsync() => WaitAsync(_messages.Reader.ReadAsync().AsTask());

    /// <summary>Reads on to a message that ends like this, and gives those before it.</summary>
    public async Task<List<string>> UntilAsync(string end)
    {
        var messages = new List<string>();
        while (await NextAsync() is var message && !message.EndsWith(end, StringComparison.Ordinal))
            messages.Add(message);
        return messages;
    }

    /// <summary>Publishes a line (see <see cref="PublishLines"/>).</summary>
    public Task WriteLineAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Ends the client's input; <c>mosquitto_pub</c> then says goodbye.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Kills the client without a chance to say goodbye.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Stops the client (SIGSTOP): it reads nothing any more, but its connection stands.</summary>
    public void Freeze() => Process.Start("kill", $"-STOP {_process.Id}").WaitForExit();

    public async Task<int> ExitAsync()
    {
        await WaitAsync(_process.WaitForExitAsync());
        await _reading;
        return _process.ExitCode;
    }

    public string Chatter()
    {
        lock (_chatter)
            return string.Join('\n', _chatter);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private static Process Start(string program, string arguments)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(f => File.Exists(Path.Combine(f, program))), $"{program} is not installed (Debian: mosquitto-clients)");
        // stdbuf, because the client would keep its chatter ("Subscribed") to itself until a buffer is full.
        return Process.Start(new ProcessStartInfo("stdbuf", $"-oL {program} {arguments}")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                _messages.Writer.TryWrite(line[Mark.Length..]);
            else if (line.StartsWith("Subscribed", StringComparison.Ordinal))
                _subscribed.TrySetResult();
            lock (_chatter)
                _chatter.Add(line.Length > 200 ? line[..200] : line);
        }
    }

    private async Task WaitAsync(Task task)
    {
        try
        {
            await task.WaitAsync(Patience.Span);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"the client said:\n{Chatter()}", error);
        }
    }

    private async Task<string> WaitAsync(Task<string> task)
    {
        await WaitAsync((Task)task);
        return await task;
    }
}
