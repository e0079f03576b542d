using System.Security.Cryptography;
using System.Text.Json;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Ditto;
using static Leda.Harness.Device.Tests.Support.SoftwareStory;

namespace Leda.Harness.Device.Tests.Features.Software;

/// <summary>The rows of SoftwareUpdatable of the integration checklist, section 8 of the reference, each by its name.</summary>
public sealed class ChecklistTests
{
    private static readonly byte[] _file = new MemoryArtifacts().Files["valid.json"];

#pragma warning disable CA5350, CA5351 // What the cloud gives.
    private static readonly string _md5 = Convert.ToHexStringLower(MD5.HashData(_file));
    private static readonly string _sha1 = Convert.ToHexStringLower(SHA1.HashData(_file));
#pragma warning restore CA5350, CA5351
    private static readonly string _sha256 = Convert.ToHexStringLower(SHA256.HashData(_file));

    [Fact]
    public void SetUp_Definition_IsSoftwareUpdatable200() => World.Run(async world =>
    {
        await using var device = await world.StartDeviceAsync();
        await world.AnnounceAsync(World.Identity);

        var feature = world.Published.Where(o => o.Topic.StartsWith("e/", StringComparison.Ordinal)).Select(o => Envelope.Parse(o.Payload.Span)).Single(e => e.Path == "/features/SoftwareUpdatable");
        Assert.Equal("""["org.eclipse.hawkbit.swupdatable:SoftwareUpdatable:2.0.0"]""", feature.Value!.Value.GetProperty("definition").GetRawText());
    });

    [Fact]
    public void Install_ViaHttpsWithAllThreeChecksums_StatesInOrderAndDependenciesCarryTheContainerId() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InstallAsync(Module("m", Artifact("valid.json", $$"""{"MD5":"{{_md5}}","SHA1":"{{_sha1}}","SHA256":"{{_sha256}}"}""", "HTTPS")));

        Assert.Equal(["STARTED", "DOWNLOADING", "DOWNLOADED", "INSTALLING", "INSTALLED", "FINISHED_SUCCESS"], world.Operations());
        var story = world.Story();
        Assert.InRange(story.IndexOf("dependencies"), story.IndexOf("INSTALLING"), story.IndexOf("FINISHED_SUCCESS"));
        var dependency = Assert.Single(Dependencies(world).EnumerateObject()).Value;
        Assert.Equal(device.Containers[0].Id, dependency.GetProperty("name").GetString());
    });

    [Fact]
    public void Remove_ByThatNameForced_RemovingThenDependenciesThenRemovedThenSuccess() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        await world.InstallAsync(Module("m", Artifact("valid.json")));
        var id = Assert.Single(Dependencies(world).EnumerateObject()).Value.GetProperty("name").GetString()!;
        world.Forget();

        await world.RemoveAsync(forced: true, id);

        Assert.Equal(
            [$"REMOVING {id}", "no dependencies", $"REMOVED {id}", $"FINISHED_SUCCESS {id}"],
            world.Story().Where(t => t.Contains(id, StringComparison.Ordinal) || t.Contains("dependencies", StringComparison.Ordinal)));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    public void Install_EmptyParameters_ErrorResponse(string? value) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        Assert.Equal(400, (await world.InvokeAsync("SoftwareUpdatable", "install", value)).Status);
    });

    [Fact]
    public void Install_Sha1UnderMd5_LastFailedOperationIsAnInternalRuntimeError() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InstallAsync(Module("m", Artifact("valid.json", $$"""{"MD5":"{{_sha1}}"}""")));

        Assert.Contains("!FINISHED_ERROR: internal runtime error", world.Operations());
    });

    [Fact]
    public void Remove_NonExistingContainer_LastFailedOperationSaysSo() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.RemoveAsync(forced: true, "NonExistingContainer");

        Assert.Equal(
            [
                "REMOVING NonExistingContainer",
                "!FINISHED_ERROR NonExistingContainer: container with ID = NonExistingContainer does not exist",
                "FINISHED_ERROR NonExistingContainer: container with ID = NonExistingContainer does not exist",
            ],
            world.Operations());
    });

    private static JsonElement Dependencies(World world) => world.Published.Where(o => o.Topic.StartsWith("e/", StringComparison.Ordinal)).Select(o => Envelope.Parse(o.Payload.Span))
        .Last(e => e.Path == "/features/SoftwareUpdatable/properties/status/installedDependencies").Value!.Value;
}
