using System.CommandLine;
using Leda.Harness.Device.Control.Server;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>start</c>.</summary>
internal sealed class StartVerb : Verb
{
    private readonly Option<string> _name = Flag.Text("--name", "-n", "The container's name, instead of its id.", "NAME");
    private readonly Option<bool> _attach = Flag.Switch("--a", null, "Refused: this device cannot attach to a container.");
    private readonly Option<bool> _interactive = Flag.Switch("--i", null, "Refused: this device cannot attach to a container.");

    public StartVerb(TimeProvider time)
        : base("start", "Starts a container.", "container-id", 1, time)
    {
        Add(_name);
        Add(_attach);
        Add(_interactive);
    }

    protected override async Task RunAsync(VerbCall call)
    {
        var container = await call.FindAsync(call.Arguments, call.Get(_name));
        var refusal = container.State switch
        {
            { Dead: true } => "dead and to be removed - cannot start it",
            { Running: true } => "already running - cannot start it again",
            { Paused: true } => "paused - cannot start it - use unpause instead",
            _ => null,
        };
        if (refusal is not null)
            throw new VerbException($"the container with ID = {container.Id} is {refusal}");
        if (call.Get(_attach) || call.Get(_interactive))
            throw new VerbException(ContainerService.NoAttach);
        var device = await call.ConnectAsync();
        await device.Containers.StartAsync(new StartContainerRequest { Id = container.Id }, cancellationToken: call.Cancelled);
    }
}
