using System.CommandLine;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Containers.Documents;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>create</c>: prints the id of the new container, which is not started.</summary>
internal sealed class CreateVerb : Verb
{
    private readonly CreateFlags _flags = new();
    private readonly Option<string> _file = Flag.Text("--file", "-f", "A container's document in JSON, instead of all other options.", "PATH");

    public CreateVerb(TimeProvider time)
        : base("create", "Creates a container from an image, with a command line of its own if one follows.", "image command", int.MaxValue, time)
    {
        foreach (var option in _flags.All)
            Add(option);
        Add(_file);
    }

    /// <summary>Marks where the options end: before the first argument that belongs to none.</summary>
    public IReadOnlyList<string> Separate(IReadOnlyList<string> args)
    {
        for (var i = 1; i < args.Count; i++)
        {
            var arg = args[i];
            if (arg.Length < 2 || arg[0] != '-')
                return [.. args.Take(i), "--", .. args.Skip(i)];
            if (arg == "--")
                break;
            if (Options.FirstOrDefault(o => o.Name == arg || o.Aliases.Contains(arg)) is { } option and not Option<bool>)
                i++;
        }

        return args;
    }

    protected override async Task RunAsync(VerbCall call)
    {
        var document = call.Get(_file) is { Length: > 0 } file ? await ReadAsync(call, file) : Describe(call);
        if (Problem(document) is { } problem)
            throw new VerbException(problem);
        var device = await call.ConnectAsync();
        var answer = await device.Containers.CreateAsync(
            new CreateContainerRequest { Container = WireOfDocument.Make(document) }, cancellationToken: call.Cancelled);
        await call.Output.WriteLineAsync(answer.Container.Id);
    }

    private async Task<ContainerDocument> ReadAsync(VerbCall call, string file)
    {
        if (call.Arguments.Count > 0)
            throw new VerbException("no arguments are expected when creating a container from file");
        if (_flags.All.Any(call.Has))
            throw new VerbException("no other flags are expected when creating a container from file");
        var json = await File.ReadAllBytesAsync(file, call.Cancelled);
        return ContainerDocument.TryParse(json, out var document, out var problem) ? document : throw new VerbException(problem);
    }

    private ContainerDocument Describe(VerbCall call) => call.Arguments.Count > 0
        ? _flags.Describe(call, call.Arguments[0], [.. call.Arguments.Skip(1)])
        : throw new VerbException("container image argument is expected");

    /// <summary>What the device would refuse anyway.</summary>
    private static string? Problem(ContainerDocument document)
    {
        const string Some = "id";
        var container = string.IsNullOrEmpty(document.ContainerId) ? document with { ContainerId = Some } : document;
        try
        {
            return ContainerValidation.Check(container.ToContainer());
        }
        catch (ContainerException e)
        {
            return e.Message;
        }
    }
}
