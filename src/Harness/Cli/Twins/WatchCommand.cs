using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Cli.Twins;

/// <summary><c>leda-harness twin watch</c>: shows what changes, by server-sent events, until Ctrl+C.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var thing = new Argument<string?>("THING") { Description = "The twin's id; all twins by default.", DefaultValueFactory = _ => null };
        var filter = new Option<string?>("--filter") { Description = "Only changes of which this holds, in RQL.", HelpName = "RQL" };
        var fields = Listing.Fields();
        return CloudVerb.Create("watch", "Show each change of a twin, or of all, until Ctrl+C.", [thing, filter, fields], (parsed, cloud, output, cancellation) =>
        {
            var path = parsed.GetValue(thing) is { } id ? CloudPath.Thing(id) : "things";
            return WatchAsync(cloud, path + new CloudQuery(parsed.GetValue(filter), null, parsed.GetValue(fields)), output, cancellation);
        });
    }

    private static async Task<int> WatchAsync(CloudClient cloud, string path, VerbOutput output, CancellationToken cancellation)
    {
        await using var events = await cloud.OpenEventsAsync(path, cancellation);
        Console.Error.WriteLine("watching; Ctrl+C ends it");
        try
        {
            await foreach (var item in SseParser.Create(events).EnumerateAsync(cancellation))
            {
                if (item.Data.Length > 0) // else a sign of life
                    Show(item.Data, output);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Passed;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new CloudException(ExitCode.Unreachable, $"the connection is lost: {e.Message} What changes now is not shown; watch again.");
        }

        throw new CloudException(ExitCode.Unreachable, "the cloud has ended the stream. What changes now is not shown; watch again.");
    }

    private static void Show(string data, VerbOutput output)
    {
        if (!JsonText.TryParse(System.Text.Encoding.UTF8.GetBytes(data), out var value, out var problem))
            throw new CloudException(ExitCode.Failed, $"an event is no JSON: {problem}. Does --url lead to a Ditto API?");
        if (output.IsJson || value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("thingId", out var id))
            Console.Out.WriteLine(VerbOutput.Line(value));
        else
            output.Say($"{id} {VerbOutput.Line(WithoutId(value))}");
    }

    private static JsonElement WithoutId(JsonElement thing) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in thing.EnumerateObject().Where(m => m.Name != "thingId"))
            member.WriteTo(writer);
        writer.WriteEndObject();
    });
}
