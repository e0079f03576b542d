using System.CommandLine;

namespace Leda.Harness.Cli.Twins;

/// <summary><c>leda-harness twin ls</c>: all twins.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var namespaces = Listing.Namespaces();
        var fields = Listing.Fields();
        return CloudVerb.Create("ls", "List the twins.", [namespaces, fields], (parsed, cloud, output, cancellation) => Listing.ShowAsync(
            cloud, new CloudQuery(null, parsed.GetValue(namespaces), parsed.GetValue(fields)), output, cancellation));
    }
}
