using System.CommandLine;
using Leda.Harness.Device.Control.Wire;
using Leda.Harness.Device.Engines;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>stop</c>.</summary>
internal sealed class StopVerb : Verb
{
    private readonly Option<string> _name = Flag.Text("--name", "-n", "The container's name, instead of its id.", "NAME");
    private readonly Option<string> _time = Flag.Text("--time", "-t", "How long it may take, such as 15s or 1m15s; default the device's.", "DURATION");
    private readonly Option<bool> _force = Flag.Switch("--force", "-f", "Kills what has not ended then.");
    private readonly Option<string> _signal = Flag.Text("--signal", "-s", "What it is told, by name or number.", "SIGNAL", "SIGTERM");

    public StopVerb(TimeProvider time)
        : base("stop", "Stops a container.", "container-id", 1, time)
    {
        Add(_name);
        Add(_time);
        Add(_force);
        Add(_signal);
    }

    protected override async Task RunAsync(VerbCall call)
    {
        var container = await call.FindAsync(call.Arguments, call.Get(_name));
        var options = new StopOptions
        {
            Force = call.Get(_force),
            Signal = call.Get(_signal) ?? "",
            Timeout = WholeSeconds.Of(call.Get(_time)),
        };
        if (options.Timeout < 0)
            throw new VerbException($"the timeout = {options.Timeout} shouldn't be negative");
        if (!Signal.TryParse(options.Signal, out _))
            throw new VerbException($"invalid signal = {options.Signal}");
        var device = await call.ConnectAsync();
        await device.Containers.StopAsync(new StopContainerRequest { Id = container.Id, StopOptions = options }, cancellationToken: call.Cancelled);
    }
}
