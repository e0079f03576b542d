using System.Security.Cryptography;
using Leda.Harness.Device;
using Leda.Harness.Device.Artifacts;
using Leda.Harness.Hosting;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Tests.Checklist;

/// <summary>The rows "SoftwareUpdatable" of the integration checklist (<c>kanto-container-management.md</c> 8).</summary>
public sealed class SoftwareRows
{
    private const string LastOperation = "/features/SoftwareUpdatable/properties/status/lastOperation";
    private const string LastFailedOperation = "/features/SoftwareUpdatable/properties/status/lastFailedOperation";
    private const string Installed = "/features/SoftwareUpdatable/properties/status/installedDependencies";

    private static readonly byte[] _artifact = """{"container_name":"influxdb","image":{"name":"docker.io/library/influxdb:1.8.4"}}"""u8.ToArray();

    private static readonly HarnessOptions _options = new() { DeviceOptions = new DeviceOptions { Artifacts = new OneFile(_artifact) } };

    [Fact]
    public void Software_InstallWithAllChecksums_RunsThroughAllStatusesWithTheInventoryBetween() => KantoSuite.Play(
        async suite =>
        {
            var since = suite.Now;

            Assert.Equal(204, (await InstallAsync(suite, Hash(MD5.HashData), Hash(SHA1.HashData), Hash(SHA256.HashData))).Status);

            Assert.Equal(
                ["STARTED", "DOWNLOADING", "DOWNLOADED", "INSTALLING", "dependencies", "INSTALLED", "FINISHED_SUCCESS"], Story(suite, since));
            Assert.Equal([InstalledName(suite)], suite.Harness.Device!.Containers.Select(c => c.Id));
        },
        _options);

    [Fact]
    public void Software_RemoveByThatName_RemovesWithTheInventoryBetween() => KantoSuite.Play(
        async suite =>
        {
            await InstallAsync(suite, Hash(MD5.HashData), Hash(SHA1.HashData), Hash(SHA256.HashData));
            var since = suite.Now;

            var answer = await RemoveAsync(suite, InstalledName(suite));

            Assert.Equal(204, answer.Status);
            Assert.Equal(["REMOVING", "dependencies", "REMOVED", "FINISHED_SUCCESS"], Story(suite, since));
        },
        _options);

    [Fact]
    public void Software_InstallWithEmptyParameters_IsAnError() => KantoSuite.Play(async suite =>
        Assert.Equal(400, (await suite.InvokeAsync("SoftwareUpdatable", "install")).Status));

    [Fact]
    public void Software_Sha1UnderMd5_FailsWithInternalRuntimeError() => KantoSuite.Play(
        async suite =>
        {
            var since = suite.Now;

            await InstallAsync(suite, Hash(SHA1.HashData), Hash(SHA1.HashData), Hash(SHA256.HashData));

            var failed = Changes(suite, since).First(e => e.Path == LastFailedOperation).Value!.Value;
            Assert.Equal("FINISHED_ERROR", failed.GetProperty("status").GetString());
            Assert.Contains("internal runtime error", failed.GetProperty("message").GetString(), StringComparison.Ordinal);
        },
        _options);

    [Fact]
    public void Software_RemoveOfNonExistingContainer_SaysThatItDoesNotExist() => KantoSuite.Play(async suite =>
    {
        var since = suite.Now;

        await RemoveAsync(suite, "NonExistingContainer");

        var failed = Changes(suite, since).First(e => e.Path == LastFailedOperation).Value!.Value;
        Assert.Contains("container with ID = NonExistingContainer does not exist", failed.GetProperty("message").GetString(), StringComparison.Ordinal);
    });

    private static Task<Envelope> InstallAsync(KantoSuite suite, string md5, string sha1, string sha256) => suite.InvokeAsync(
        "SoftwareUpdatable",
        "install",
        $$$"""
        {"correlationId":"c-1","softwareModules":[{"softwareModule":{"name":"influxdb","version":"1.8.4"},"artifacts":[{"filename":"valid.json",
        "download":{"HTTPS":{"url":"https://files.test/valid.json","md5url":"https://files.test/valid.json"}},
        "checksums":{"MD5":"{{{md5}}}","SHA1":"{{{sha1}}}","SHA256":"{{{sha256}}}"},"size":100}]}]}
        """);

    private static Task<Envelope> RemoveAsync(KantoSuite suite, string name) => suite.InvokeAsync(
        "SoftwareUpdatable",
        "remove",
        $$"""{"correlationId":"c-2","forced":true,"software":[{"group":"docker.io/library/influxdb","name":"{{name}}","version":"1.8.4"}]}""");

    private static string Hash(Func<byte[], byte[]> hash) => Convert.ToHexStringLower(hash(_artifact));

    /// <summary>The <c>name</c> of the one installed dependency: a container's id.</summary>
    private static string InstalledName(KantoSuite suite) => suite.Feature("SoftwareUpdatable").GetProperty("properties").GetProperty("status")
        .GetProperty("installedDependencies").EnumerateObject().Single().Value.GetProperty("name").GetString()!;

    private static List<string> Story(KantoSuite suite, long since) =>
    [
        .. Changes(suite, since).Where(e => e.Path is LastOperation or Installed)
            .Select(e => e.Path == Installed ? "dependencies" : e.Value!.Value.GetProperty("status").GetString()!),
    ];

    private static List<Envelope> Changes(KantoSuite suite, long since) =>
        [.. suite.Harness.Journal.Snapshot(since).Where(e => e.Kind == JournalKind.TwinEvent).Select(e => Envelope.Parse(e.Payload.Span))];

    private sealed class OneFile(byte[] content) : IArtifactSource
    {
        public Task<ReadOnlyMemory<byte>> FetchAsync(
            Uri address, Func<DownloadProgress, ValueTask> progress, CancellationToken cancellationToken = default) =>
            Task.FromResult<ReadOnlyMemory<byte>>(content);
    }
}
