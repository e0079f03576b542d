using System.CommandLine;
using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Cli.Twins;

/// <summary><c>leda-harness invoke</c>: has a device do something, by a live message (<c>ditto.md</c> 3.2).</summary>
internal static class InvokeCommand
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var thing = new Argument<string>("THING") { Description = "The twin's id, <namespace>:<name>." };
        var feature = new Argument<string>("FEATURE") { Description = "The feature's id, for example ContainerFactory." };
        var operation = new Argument<string>("OPERATION") { Description = "What it is to do, for example create." };
        var argument = new Argument<string?>("JSON") { Description = "The operation's argument as JSON, or @file; none by default.", DefaultValueFactory = _ => null };
        var timeout = new Option<string?>("--timeout") { Description = "How long to wait for the answer, at most 60s; 10s by default.", HelpName = "DURATION" };
        var oneWay = new Option<bool>("--one-way") { Description = "Want no answer." };
        return CloudVerb.Create("invoke", "Have a device do something.", [thing, feature, operation, argument, timeout, oneWay], (parsed, cloud, output, cancellation) =>
        {
            if (parsed.GetValue(oneWay) && parsed.GetValue(timeout) is not null)
                throw new UsageException("--timeout has no meaning with --one-way; leave one of them out.");
            var wait = parsed.GetValue(oneWay) ? "0" : Wait(parsed.GetValue(timeout) ?? "10s");
            var path = CloudPath.Message(parsed.GetValue(thing)!, parsed.GetValue(feature)!, parsed.GetValue(operation)!);
            return InvokeAsync(cloud, $"{path}?timeout={wait}", Read(parsed.GetValue(argument)), output, cancellation);
        });
    }

    private static string Wait(string text) =>
        GoDuration.TryParse(text, out var duration, out _) && duration.ToTimeSpan() is var wait && wait >= TimeSpan.FromMilliseconds(1) && wait <= _longest
            ? $"{(long)wait.TotalMilliseconds}ms"
            : throw new UsageException($"--timeout '{PlainText.Of(text)}' is no duration of at most 60s, such as 10s or 500ms.");

    private static byte[]? Read(string? argument)
    {
        if (argument is null)
            return null;
        var (text, where) = argument.StartsWith('@') ? (ReadFile(argument[1..]), argument) : (System.Text.Encoding.UTF8.GetBytes(argument), "the argument");
        return JsonText.TryParse(text, out _, out var problem)
            ? text
            : throw new UsageException($"{where} is no JSON: {PlainText.Of(problem)} A text is written '\"text\"', an object '{{\"name\":1}}'.");
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"@{path}: {e.Message}");
        }
    }

    private static async Task<int> InvokeAsync(CloudClient cloud, string path, byte[]? argument, VerbOutput output, CancellationToken cancellation)
    {
        var reply = await cloud.SendAsync(HttpMethod.Post, path, argument, cancellation);
        if (output.IsJson)
            output.Write(ToJson(reply));
        if (!reply.IsSuccess)
            return CommandLine.Complain(ExitCode.Failed, reply.Problem());
        if (!output.IsJson)
            Show(reply, output);
        return ExitCode.Passed;
    }

    private static void Show(CloudReply reply, VerbOutput output)
    {
        if (reply.Value() is not { } value)
            output.Say(reply.Status == 202 ? "sent" : $"done ({reply.Status})");
        else if (value.ValueKind == JsonValueKind.String)
            output.Say(value.GetString()!);
        else
            output.Write(value);
    }

    private static JsonElement ToJson(CloudReply reply) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("status", reply.Status);
        if (reply.Value() is { } value)
        {
            writer.WritePropertyName("value");
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    });
}
