using System.CommandLine;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>list</c>: the containers in a table, or only their ids.</summary>
internal sealed class ListVerb : Verb
{
    private readonly Option<string> _name = Flag.Text("--name", "-n", "Only containers of this name.", "NAME");
    private readonly Option<bool> _quiet = Flag.Switch("--quiet", "-q", "Only ids, all in one line.");
    private readonly Option<string[]> _filter = Flag.List("--filter", "Only containers that are so; all that are given must be.", "status=S|image=I|exitcode=N");

    public ListVerb(TimeProvider time)
        : base("list", "Lists containers.", "none", 0, time)
    {
        Aliases.Add("ls");
        Add(_name);
        Add(_quiet);
        Add(_filter);
    }

    protected override string TooMany(IReadOnlyList<string> given) => $"unknown command \"{given[0]}\" for \"kanto-cm list\"";

    protected override async Task RunAsync(VerbCall call)
    {
        var filter = ContainerFilter.Parse(call.Get(_filter) ?? []);
        var device = await call.ConnectAsync();
        var all = await device.Containers.ListAsync(new ListContainersRequest(), cancellationToken: call.Cancelled);
        var name = call.Get(_name);
        var found = all.Containers.Where(c => string.IsNullOrEmpty(name) || c.Name == name).Where(filter.Takes).ToList();
        if (call.Get(_quiet))
        {
            if (found.Count > 0)
                await call.Output.WriteLineAsync(string.Join(' ', found.Select(c => c.Id)));
        }
        else if (found.Count == 0)
            await call.Output.WriteLineAsync("No containers found.");
        else
            await call.Output.WriteAsync(ContainerTable.Of(found));
    }
}
