using Google.Protobuf.WellKnownTypes;
using Leda.Harness.Device.Control.Wire;

namespace Leda.Harness.Device.Control.Verbs;

/// <summary><c>sysinfo</c>: the versions of both ends.</summary>
internal sealed class SysinfoVerb(TimeProvider time) : Verb("sysinfo", "Prints the versions of the device and of this command line.", "none", 0, time)
{
    protected override async Task RunAsync(VerbCall call)
    {
        var device = await call.ConnectAsync();
        var answer = await device.System.ProjectInfoAsync(new Empty(), cancellationToken: call.Cancelled);
        await call.Output.WriteLineAsync(Line("Engine", answer.ProjectInfo ?? new ProjectInfo()));
        await call.Output.WriteLineAsync(Line("CLI", Product.Info));
    }

    protected override string TooMany(IReadOnlyList<string> given) => $"unknown command \"{given[0]}\" for \"kanto-cm sysinfo\"";

    // With the original's space at the end.
    private static string Line(string side, ProjectInfo info) =>
        $"{side} v{info.ProjectVersion}, API v{info.ApiVersion}, (build {info.GitCommit} {info.BuildTime}) ";
}
