using System.CommandLine;
using Grpc.Core;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>remove</c>, of as many containers as are named; what cannot be removed keeps none of the others.</summary>
internal sealed class RemoveVerb : Verb
{
    private readonly Option<string> _name = Flag.Text("--name", "-n", "The container's name, instead of ids.", "NAME");
    private readonly Option<bool> _force = Flag.Switch("--force", "-f", "Stops it first if it runs.");
    private readonly Option<string> _time = Flag.Text("--time", "-t", "How long that may take, such as 15s or 1m15s, before it is killed.", "DURATION");

    public RemoveVerb(TimeProvider time)
        : base("remove", "Removes containers.", "container-id", int.MaxValue, time)
    {
        Aliases.Add("rm");
        Add(_name);
        Add(_force);
        Add(_time);
    }

    protected override async Task RunAsync(VerbCall call)
    {
        StopOptions? options = null;
        if (call.Get(_force) && call.Get(_time) is { Length: > 0 } time)
            options = new StopOptions { Force = true, Timeout = WholeSeconds.Of(time) };
        if (call.Arguments.Count == 0)
        {
            await RemoveAsync(call, [], options);
            return;
        }

        var problems = new List<Exception>();
        foreach (var id in call.Arguments)
        {
            try
            {
                await RemoveAsync(call, [id], options);
            }
            catch (Exception e) when (e is VerbException or RpcException)
            {
                problems.Add(e);
            }
        }

        if (problems is [var only])
            throw only;
        if (problems.Count > 0)
            throw new VerbException($"containers couldn't be removed due to the following reasons: \n\n{string.Join('\n', problems.Select(p => $"* {Said(p)}"))}");
    }

    private async Task RemoveAsync(VerbCall call, IReadOnlyList<string> ids, StopOptions? options)
    {
        var container = await call.FindAsync(ids, call.Get(_name));
        var device = await call.ConnectAsync();
        await device.Containers.RemoveAsync(
            new RemoveContainerRequest { Id = container.Id, Force = call.Get(_force), StopOptions = options }, cancellationToken: call.Cancelled);
    }
}
