using System.CommandLine;

namespace Leda.Harness.Cli.Twins;

/// <summary><c>leda-harness search</c>: those twins of which something holds.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var filter = new Argument<string>("RQL") { Description = "What has to hold, for example 'and(exists(features/Metrics),gt(attributes/line,3))'." };
        var namespaces = Listing.Namespaces();
        var fields = Listing.Fields();
        return CloudVerb.Create("search", "Find twins by a condition in RQL.", [filter, namespaces, fields], (parsed, cloud, output, cancellation) => Listing.ShowAsync(
            cloud, new CloudQuery(parsed.GetValue(filter), parsed.GetValue(namespaces), parsed.GetValue(fields)), output, cancellation));
    }
}
