using System.CommandLine;

namespace Leda.Harness.Cli.Twins;

/// <summary><c>leda-harness twin get</c>: a twin, or a part of it.</summary>
internal static class GetCommand
{
    public static Command Create()
    {
        var thing = new Argument<string>("THING") { Description = "The twin's id, <namespace>:<name>." };
        var path = new Argument<string>("PATH")
        {
            Description = "Which part, for example attributes/line or features/motor/properties; the whole twin by default.",
            DefaultValueFactory = _ => "",
        };
        return CloudVerb.Create("get", "Show a twin, or a part of it.", [thing, path], async (parsed, cloud, output, cancellation) =>
        {
            output.Write(await cloud.GetAsync(CloudPath.Thing(parsed.GetValue(thing)!, parsed.GetValue(path)!), cancellation));
            return ExitCode.Passed;
        });
    }
}
