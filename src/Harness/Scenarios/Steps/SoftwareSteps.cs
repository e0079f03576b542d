using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Leda.Harness.Device.Features.Software;
using Leda.Harness.Protocol.HawkBit;
using Reqnroll;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>The cloud installs and removes software.</summary>
[Binding]
internal sealed partial class SoftwareSteps(World world, Rollout rollout)
{
    [Given("a device that also downloads in advance and cancels")]
    public void GivenADeviceWithExtras() => world.Options = world.Options with
    {
        DeviceOptions = world.Options.DeviceOptions with { Software = new SoftwareOptions { Extras = true } },
    };

    [Given("the server offers {string}")]
    public void GivenTheServerOffers(string file, string content) => world.Server.Offer(file, content);

    [Given("the server hangs while it sends {string}")]
    public void GivenTheServerHangs(string file) => world.Server.Hold(file);

    [When("the server goes on with {string}")]
    public void WhenTheServerGoesOn(string file) => world.Server.LetGo(file);

    [Given("the cloud has installed {string}")]
    public async Task GivenTheCloudHasInstalled(string file)
    {
        await WhenTheCloudInstalls(file);
        await world.ExpectAsync($"{file} to be installed", e => rollout.LastOperation(e)?.Status == SoftwareStatus.FinishedSuccess);
        await world.Harness.Journal.SettleAsync();
    }

    [Given("the cloud installs {string}")]
    [When("the cloud installs {string}")]
    public Task WhenTheCloudInstalls(string file) => InstallAsync([Module(NameOf(file), "1.0.0", [Artifact(file)])]);

    [When("the cloud installs {string} over a link for {word}")]
    public Task WhenTheCloudInstallsOver(string file, string protocol) =>
        InstallAsync([Module(NameOf(file), "1.0.0", [Artifact(file, protocol: protocol)])]);

    [When("the cloud installs {string} with the checksums")]
    public Task WhenTheCloudInstallsWithChecksums(string file, DataTable checksums) => InstallAsync([Module(
        NameOf(file), "1.0.0",
        [Artifact(file, checksums.Rows.ToDictionary(r => r["algorithm"], string? (r) => ChecksumOf(file, r["algorithm"], r["value"])))])]);

    [When("the cloud installs the modules")]
    public Task WhenTheCloudInstallsTheModules(DataTable modules) => InstallAsync(
        [.. modules.Rows.Select(r => Module(r["module"], r["version"], [.. r["files"].Split(", ").Select(f => Artifact(f))]))]);

    [Given("""^the cloud removes the software ("[^"]*"(?:, "[^"]*")*)( by force|)$""")]
    [When("""^the cloud removes the software ("[^"]*"(?:, "[^"]*")*)( by force|)$""")]
    public Task WhenTheCloudRemoves(string names, string force) => SendAsync("remove", new SoftwareRemoveAction
    {
        CorrelationId = rollout.Begin(),
        Software = [.. Quoted().Matches(names).Select(m => new DependencyDescription(null, world.FindContainer(m.Groups[1].Value) ?? m.Groups[1].Value, "1"))],
        Forced = force.Length > 0,
    }, HawkBitJson.Default.SoftwareRemoveAction);

    [When("the cloud downloads {string} in advance")]
    public Task WhenTheCloudDownloads(string file) => SendAsync("download", new SoftwareUpdateAction
    {
        CorrelationId = rollout.Begin(),
        SoftwareModules = [Module(NameOf(file), "1.0.0", [Artifact(file)])],
    }, HawkBitJson.Default.SoftwareUpdateAction);

    [Given("the cloud cancels the rollout")]
    [When("the cloud cancels the rollout")]
    public Task WhenTheCloudCancels() => SendAsync(
        "cancel", new SoftwareUpdateAction { CorrelationId = rollout.Id }, HawkBitJson.Default.SoftwareUpdateAction);

    [When("the cloud sends {string} to the feature {string} with")]
    public Task WhenTheCloudSendsWith(string operation, string feature, string value) => world.CommandAsync(feature, operation, World.Json(value));

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Quoted();

    private Task InstallAsync(IReadOnlyList<SoftwareModuleAction> modules) => SendAsync(
        "install", new SoftwareUpdateAction { CorrelationId = rollout.Begin(), SoftwareModules = modules }, HawkBitJson.Default.SoftwareUpdateAction);

    private Task SendAsync<T>(string operation, T argument, JsonTypeInfo<T> shape) =>
        world.CommandAsync(SoftwareUpdatable.FeatureId, operation, JsonSerializer.SerializeToElement(argument, shape));

    private static string NameOf(string file) => file.Split('/')[^1].Replace(".json", "", StringComparison.Ordinal);

    private static SoftwareModuleAction Module(string name, string version, IReadOnlyList<SoftwareArtifactAction> files) =>
        new() { SoftwareModule = new SoftwareModule { Name = name, Version = version }, Artifacts = files };

    private static SoftwareArtifactAction Artifact(string file, Dictionary<string, string?>? checksums = null, string protocol = "HTTP") => new()
    {
        Filename = file,
        Download = new Dictionary<string, SoftwareArtifactLinks?> { [protocol] = new() { Url = OfferedFiles.Address(file) } },
        Checksums = checksums,
    };

    private string ChecksumOf(string file, string algorithm, string value) => value != "right" ? value : Convert.ToHexStringLower(algorithm switch
    {
#pragma warning disable CA5350, CA5351 // What hawkBit offers; it is compared, not trusted.
        "MD5" => MD5.HashData(world.Server.Content(file)),
        "SHA1" => SHA1.HashData(world.Server.Content(file)),
#pragma warning restore CA5350, CA5351
        _ => SHA256.HashData(world.Server.Content(file)),
    });
}
