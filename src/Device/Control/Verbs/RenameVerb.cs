using System.CommandLine;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>rename</c>.</summary>
internal sealed class RenameVerb : Verb
{
    private readonly Option<string> _name = Flag.Text("--name", "-n", "The container's name so far, instead of its id.", "NAME");

    public RenameVerb(TimeProvider time)
        : base("rename", "Gives a container another name.", "container-id new-name", 2, time) => Add(_name);

    protected override async Task RunAsync(VerbCall call)
    {
        if (call.Arguments.Count == 0)
            throw new VerbException("the new name is missing: rename <container-id> <new-name>, or rename -n <name> <new-name>");
        var name = call.Arguments[^1];
        if (ContainerValidation.CheckName(name) is { } problem)
            throw new VerbException(problem);
        var container = await call.FindAsync([.. call.Arguments.SkipLast(1)], call.Get(_name));
        if (container.Name == name)
            throw new VerbException($"the new name = {name} shouldn't be the same");
        var device = await call.ConnectAsync();
        await device.Containers.RenameAsync(new RenameContainerRequest { Id = container.Id, Name = name }, cancellationToken: call.Cancelled);
    }
}
