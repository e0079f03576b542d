using System.CommandLine;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>logs</c>: what a container wrote, a JSON object a line.</summary>
internal sealed class LogsVerb : Verb
{
    private readonly Option<string> _name = Flag.Text("--name", "-n", "The container's name, instead of its id.", "NAME");
    private readonly Option<long?> _tail = Flag.Number("--tail", "-t", "How many lines, the newest ones; -1 for all.", 100);

    public LogsVerb(TimeProvider time)
        : base("logs", "Prints what a container wrote.", "container-id", 1, time)
    {
        Add(_name);
        Add(_tail);
    }

    protected override async Task RunAsync(VerbCall call)
    {
        var container = await call.FindAsync(call.Arguments, call.Get(_name));
        var tail = (int)Math.Clamp(call.Get(_tail) ?? 0, -1, int.MaxValue);
        var device = await call.ConnectAsync();
        using var logs = device.Containers.Logs(new GetLogsRequest { Id = container.Id, Tail = tail }, cancellationToken: call.Cancelled);
        while (await logs.ResponseStream.MoveNext(call.Cancelled))
            await call.Output.WriteLineAsync(logs.ResponseStream.Current.Log);
    }
}
