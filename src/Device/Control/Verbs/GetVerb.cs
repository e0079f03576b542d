using System.CommandLine;
using System.Text;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>get</c>: all that is known of a container, as the document of 5.2.</summary>
internal sealed class GetVerb : Verb
{
    private readonly Option<string> _name = Flag.Text("--name", "-n", "The container's name, instead of its id.", "NAME");

    public GetVerb(TimeProvider time)
        : base("get", "Prints all about a container as JSON.", "container-id", 1, time) => Add(_name);

    protected override async Task RunAsync(VerbCall call)
    {
        var container = await call.FindAsync(call.Arguments, call.Get(_name));
        await call.Output.WriteLineAsync(Encoding.UTF8.GetString(DocumentOfWire.Make(container).ToUtf8(indented: true)));
    }
}
