using System.CommandLine;
using Grpc.Net.Client;
using Leda.Harness.Device.Control.Verbs;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Options;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Messaging;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Device.Tests.Control;

/// <summary>A device that listens on a socket of its own, and its command line, all in this process.</summary>
internal sealed class ControlledDevice : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory;

    private readonly FakeTimeProvider _time;

    private ControlledDevice(TemporaryDirectory directory, FakeTimeProvider time, DeviceHost host)
    {
        _directory = directory;
        _time = time;
        Host = host;
    }

    public DeviceHost Host { get; }

    public string Directory => _directory.Path;

    public string Socket => SocketIn(_directory);

    public static async Task<ControlledDevice> StartAsync(IContainerEngine? engine = null, IBusFactory? buses = null)
    {
        var directory = new TemporaryDirectory();
        var options = new DeviceOptions { ControlSocket = SocketIn(directory), Engine = engine };
        var time = new FakeTimeProvider();
        return new ControlledDevice(directory, time, await DeviceHost.StartAsync(options, buses ?? new InMemoryBroker(), time, new IdSource(1), _ => { }));
    }

    /// <summary>Runs a verb on this device.</summary>
    public Task<Outcome> RunAsync(string verb, params string[] arguments) => CallAsync([verb, "--host", Socket, .. arguments]);

    /// <summary>Runs a verb that succeeds, and gives what it prints.</summary>
    public async Task<string> DoAsync(string verb, params string[] arguments)
    {
        var outcome = await RunAsync(verb, arguments);
        Assert.Equal((0, ""), (outcome.Code, outcome.Errors));
        return outcome.Output.TrimEnd('\n');
    }

    /// <summary>Creates a container of this name, brings it to a state, and gives its id.</summary>
    public async Task<string> HaveAsync(string name, string state)
    {
        var id = await DoAsync("create", "-n", name, "docker.io/library/influxdb:1.8.4");
        if (state is "Running" or "Stopped")
            await DoAsync("start", id);
        if (state is "Stopped")
            await DoAsync("stop", "-s", "SIGKILL", id);
        return id;
    }

    /// <summary>Runs a command line as the program does.</summary>
    public static async Task<Outcome> CallAsync(params string[] args)
    {
        var command = new CommandLine().Build(_ => throw new InvalidOperationException("this is no verb"));
        VerbList.AddTo(command, RealTime.Provider);
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await Verb.InvokeAsync(VerbList.Parse(command, args), new InvocationConfiguration { Output = output, Error = errors });
        return new Outcome(code, output.ToString(), errors.ToString());
    }

    /// <summary>Lets the device's time pass.</summary>
    public void Advance(TimeSpan time) => _time.Advance(time);

    /// <summary>Lets the device's time pass until something is so, and tells how much of it.</summary>
    public async Task<TimeSpan> PassUntilAsync(Func<bool> isSo)
    {
        var passed = TimeSpan.Zero;
        for (var step = TimeSpan.FromMilliseconds(50); !isSo(); passed += step)
        {
            _time.Advance(step);
            // The verb waits on a real socket, the device on its own clock: both need their turn.
            await Task.Delay(TimeSpan.FromMilliseconds(5), RealTime.Provider, TestContext.Current.CancellationToken);
        }

        return passed;
    }

    /// <summary>A client that does not know our verbs.</summary>
    public GrpcChannel Open() => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { ConnectCallback = async (_, cancelled) => await UnixSocket.OpenAsync(Socket, cancelled) },
        DisposeHttpClient = true,
    });

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _directory.Dispose();
    }

    private static string SocketIn(TemporaryDirectory directory) => Path.Combine(directory.Path, "control.sock");
}

/// <summary>What a command line came to.</summary>
internal sealed record Outcome(int Code, string Output, string Errors);
