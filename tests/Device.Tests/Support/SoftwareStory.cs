using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>Commands about software as the cloud sends them, and what follows told shortly.</summary>
internal static class SoftwareStory
{
    /// <summary>The recorded way: one container is installed.</summary>
    public static readonly string[] Installed = ["STARTED", "DOWNLOADING", "DOWNLOADED", "INSTALLING", "+container", "dependencies", "CREATED", "INSTALLED", "RUNNING", "FINISHED_SUCCESS"];

    public static Task<Answer> InstallAsync(this World world, params string[] modules) => world.SoftwareAsync("install", modules);

    public static Task<Answer> SoftwareAsync(this World world, string operation, params string[] modules) =>
        world.InvokeAsync("SoftwareUpdatable", operation, $$"""{"correlationId":"rollout","softwareModules":[{{string.Join(',', modules)}}]}""");

    public static Task<Answer> RemoveAsync(this World world, bool forced, params string[] ids) => world.InvokeAsync(
        "SoftwareUpdatable", "remove", $$"""{"correlationId":"rollout","forced":{{(forced ? "true" : "false")}},"software":[{{string.Join(',', ids.Select(Entry))}}]}""");

    public static string Entry(string id) => $$"""{"group":"g","name":"{{id}}","version":"1"}""";

    public static string Module(string name, params string[] artifacts) =>
        $$"""{"softwareModule":{"name":"{{name}}","version":"1"},"artifacts":[{{string.Join(',', artifacts)}}]}""";

    public static string Artifact(string file, string checksums = "{}", string protocol = "HTTP") =>
        $$$"""{"filename":"{{{file}}}","download":{"{{{protocol}}}":{"url":"{{{MemoryArtifacts.Base}}}{{{file}}}"}},"checksums":{{{checksums}}}}""";

    /// <summary>What was published since <see cref="World.Forget"/>: answers by status; states of operations, failures marked with <c>!</c>
    /// where <c>lastFailedOperation</c> says them; inventories; containers that come, change state and go.</summary>
    public static List<string> Story(this World world) => [.. world.Published.Select(Tell)];

    /// <summary>Of the story only what is said of operations.</summary>
    public static List<string> Operations(this World world) =>
        [.. world.Published.Where(o => o.Topic.StartsWith("e/", StringComparison.Ordinal) && IsOperation(Envelope.Parse(o.Payload.Span).Path)).Select(Tell)];

    /// <summary>What <c>lastOperation</c> was set to.</summary>
    public static List<OperationStatus> Statuses(this World world) =>
    [
        .. world.Published.Where(o => o.Topic.StartsWith("e/", StringComparison.Ordinal)).Select(o => Envelope.Parse(o.Payload.Span))
            .Where(e => e.Path.EndsWith("/lastOperation", StringComparison.Ordinal))
            .Select(e => e.Value!.Value.Deserialize(HawkBitJson.Default.OperationStatus)!),
    ];

    private static bool IsOperation(string path) => path.EndsWith("Operation", StringComparison.Ordinal);

    private static string Tell(BusObservation published)
    {
        if (published.Topic.StartsWith("command/", StringComparison.Ordinal))
            return published.Topic.Split('/')[^1];
        var envelope = Envelope.Parse(published.Payload.Span);
        var property = envelope.Path.Split('/')[^1];
        return property switch
        {
            "lastOperation" => Tell(envelope.Value!.Value),
            "lastFailedOperation" => $"!{Tell(envelope.Value!.Value)}",
            "installedDependencies" => envelope.Value!.Value.ValueKind == JsonValueKind.Null ? "no dependencies" : "dependencies",
            "state" => envelope.Value!.Value.GetProperty("status").GetString()!,
            _ when property.StartsWith("Container:", StringComparison.Ordinal) => envelope.Topic.EndsWith("/delete", StringComparison.Ordinal) ? "-container" : "+container",
            _ => property,
        };
    }

    private static string Tell(JsonElement value)
    {
        var status = value.Deserialize(HawkBitJson.Default.OperationStatus)!;
        var software = status.Software is null ? "" : $" {string.Join(',', status.Software.Select(s => s.Name))}";
        var progress = status.Progress is { } percent ? $" {percent}%" : "";
        return status.Status + software + progress + (status.Message is { } message ? $": {message}" : "");
    }
}
