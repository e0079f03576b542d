using System.CommandLine;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Cli.Twins;

/// <summary><c>leda-harness twin rm</c>: removes twins.</summary>
internal static class RemoveCommand
{
    public static Command Create()
    {
        var things = new Argument<string[]>("THING") { Description = "Each twin's id, <namespace>:<name>.", Arity = ArgumentArity.OneOrMore };
        return CloudVerb.Create("rm", "Remove twins.", [things], async (parsed, cloud, output, cancellation) =>
        {
            var ids = parsed.GetValue(things)!;
            var paths = Array.ConvertAll(ids, id => CloudPath.Thing(id)); // all are good, or none is removed
            var exitCode = ExitCode.Passed;
            foreach (var (id, path) in ids.Zip(paths))
                exitCode = await RemoveAsync(cloud, id, path, output, cancellation) ? exitCode : ExitCode.Failed;
            return exitCode;
        });
    }

    /// <summary>One that is refused does not keep the others.</summary>
    private static async Task<bool> RemoveAsync(CloudClient cloud, string id, string path, VerbOutput output, CancellationToken cancellation)
    {
        try
        {
            await cloud.DeleteAsync(path, cancellation);
        }
        catch (CloudException e) when (e.ExitCode == ExitCode.Failed)
        {
            CommandLine.Complain(e.ExitCode, e.Message);
            return false;
        }

        if (output.IsJson)
            output.Write(JsonText.String(id));
        else
            output.Say($"removed {id}");
        return true;
    }
}
