using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Leda.Harness.Conformance.Acts;

/// <summary>Software is installed and removed, well and badly.</summary>
internal static class Rollout
{
    /// <summary>The container's name in the file that is installed.</summary>
    public const string ContainerName = "conform-software";

    private const string Feature = "SoftwareUpdatable";

    /// <summary>A good file with all checksums.</summary>
    public static Act<OperationScene> Installed { get; } = new("install", async device =>
    {
        var file = Document(device, ContainerName);
        var scene = await InstallAsync(device, "good", Offered(device, file), Hash(file, MD5.HashData), Hash(file, SHA1.HashData), Hash(file, SHA256.HashData));
        var made = device.Said(scene.From).FirstOrDefault(m => m is { IsWhole: true, Container: not null })?.Container ?? "";
        if (made.Length > 0)
        {
            device.Made.Add(made);
            await device.AwaitAsync(scene.From, m => m.IsState(made, "RUNNING"));
        }

        return scene with { Container = made };
    });

    /// <summary>A checksum of another file.</summary>
    public static Act<OperationScene> WrongChecksum { get; } = new("wrong checksum", device =>
        InstallAsync(device, "wrong", Offered(device, Document(device, "conform-wrong")), Hash("another file", MD5.HashData)));

    /// <summary>A checksum that is none.</summary>
    public static Act<OperationScene> NoHex { get; } = new("no checksum", device =>
        InstallAsync(device, "nohex", Offered(device, Document(device, "conform-wrong")), "no hex"));

    /// <summary>A checksum that is too long.</summary>
    public static Act<OperationScene> TooLong { get; } = new("long checksum", device =>
    {
        var file = Document(device, "conform-wrong");
        return InstallAsync(device, "long", Offered(device, file), Hash(file, SHA1.HashData));
    });

    /// <summary>A file that is not there.</summary>
    public static Act<OperationScene> NotThere { get; } = new("no file", device => InstallAsync(device, "absent", device.Shelf.Missing("absent.json")));

    /// <summary>A container that cannot be.</summary>
    public static Act<OperationScene> BadContainer { get; } = new("bad container", device =>
        InstallAsync(device, "bad", Offered(device, """{"container_name":"conform-bad","image":{"name":""}}""")));

    /// <summary>What was installed is removed.</summary>
    public static Act<OperationScene> Removed { get; } = new("remove software", async device =>
    {
        var container = (await device.SeeAsync(Installed)).Known;
        var scene = await RemoveAsync(device, "removal", container);
        if (device.Said(scene.From).Any(m => m.IsDelete && m.Container == container))
            device.Made.Remove(container);
        return scene;
    });

    /// <summary>What is not there is removed.</summary>
    public static Act<OperationScene> RemovedNothing { get; } = new("remove nothing", device => RemoveAsync(device, "nothing", "NonExistingContainer"));

    private static string Document(DeviceUnderTest device, string name) =>
        $$$"""{"container_name":"{{{name}}}","image":{"name":{{{JsonSerializer.Serialize(device.Options.Image)}}} } }""";

    private static string Offered(DeviceUnderTest device, string content) => device.Shelf.Offer($"{Hash(content, SHA256.HashData)[..12]}.json", content);

    private static string Hash(string content, Func<byte[], byte[]> hash) => Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(content)));

    private static Task<OperationScene> InstallAsync(
        DeviceUnderTest device, string id, string address, string? md5 = null, string? sha1 = null, string? sha256 = null)
    {
        var checksums = JsonSerializer.Serialize(new[] { ("MD5", md5), ("SHA1", sha1), ("SHA256", sha256) }
            .Where(c => c.Item2 is not null).ToDictionary(c => c.Item1, c => c.Item2));
        return RunAsync(device, "install", id, $$$"""
            {"correlationId":"conform-{{{id}}}","softwareModules":[{"softwareModule":{"name":"conform-{{{id}}}","version":"1.0.0"},
            "artifacts":[{"filename":"{{{id}}}.json","download":{"HTTP":{"url":{{{JsonSerializer.Serialize(address)}}} } },"checksums":{{{checksums}}},"size":100}]}]}
            """);
    }

    private static Task<OperationScene> RemoveAsync(DeviceUnderTest device, string id, string name) => RunAsync(
        device, "remove", id, $$"""{"correlationId":"conform-{{id}}","forced":true,"software":[{"name":"{{name}}","version":"1.0.0"}]}""");

    /// <summary>Invokes it and waits for the last status, and a moment more.</summary>
    private static async Task<OperationScene> RunAsync(DeviceUnderTest device, string operation, string id, string argument)
    {
        var exchange = await device.InvokeAsync(Feature, operation, argument);
        var last = await device.AwaitAsync(
            exchange.From,
            m => m is { Operation: not null, IsFailure: false } && IsOf(m, id) && Word(m).StartsWith("FINISHED", StringComparison.OrdinalIgnoreCase),
            6 * device.Options.Limit);
        await device.QuietAsync();
        return new OperationScene(exchange, "") { Update = last, From = exchange.From };
    }

    private static string Word(DeviceMessage message) => Json.Text(message.Operation, "status") ?? "";

    /// <summary>Whether it is about an operation: whatever does not name another one of the suite's.</summary>
    private static bool IsOf(DeviceMessage message, string id) =>
        Json.Text(message.Operation, "correlationId") is not { } told || told == $"conform-{id}" || !told.StartsWith("conform-", StringComparison.Ordinal);
}
