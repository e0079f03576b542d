using System.Security.Cryptography;
using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Features.Software;
using Leda.Harness.Device.Tests.Support;
using static Leda.Harness.Device.Tests.Support.SoftwareStory;

namespace Leda.Harness.Device.Tests.Features.Software;

/// <summary>The table of checksums of section 3.4.4 of the reference.</summary>
public sealed class ChecksumTests
{
    private const string Wrong = "00000000000000000000000000000000";

    private static readonly byte[] _file = new MemoryArtifacts().Files["valid.json"];
#pragma warning disable CA5350, CA5351 // What the cloud gives.
    private static readonly string _md5 = Convert.ToHexStringLower(MD5.HashData(_file));
    private static readonly string _sha1 = Convert.ToHexStringLower(SHA1.HashData(_file));
#pragma warning restore CA5350, CA5351
    private static readonly string _sha256 = Convert.ToHexStringLower(SHA256.HashData(_file));

    public static TheoryData<string, string> Cases => new()
    {
        { $$"""{"MD5":"{{_md5}}"}""", "" },
        { $$"""{"SHA1":"{{_sha1}}"}""", "" },
        { $$"""{"SHA256":"{{_sha256}}"}""", "" },
        { $$"""{"SHA256":" {{_sha256.ToUpperInvariant()}}\n"}""", "" },
        { "{}", "" },
        { "null", "" },
        { """{"MD5":"","SHA1":null}""", "" },
        { """{"md5":"00","SHA-256":"00"}""", "" },
        { $$"""{"MD5":"{{_md5}}","SHA1":"zz","SHA256":"zz"}""", "" },
        { $$"""{"MD5":"","SHA1":"{{_sha1}}","SHA256":"zz"}""", "" },
        { $$"""{"MD5":"{{Wrong}}","SHA256":"{{_sha256}}"}""", "FINISHED_REJECTED: md5 checksum does not match" },
        { $$"""{"SHA1":"{{Wrong}}","SHA256":"{{_sha256}}"}""", "FINISHED_REJECTED: sha1 checksum does not match" },
        { $$"""{"SHA256":"{{Wrong}}"}""", "FINISHED_REJECTED: sha256 checksum does not match" },
        { $$"""{"MD5":"{{_md5[..30]}}"}""", "FINISHED_REJECTED: md5 checksum does not match" },
        { """{"MD5":" "}""", "FINISHED_REJECTED: md5 checksum does not match" },
        { $$"""{"MD5":"{{_md5[..31]}}"}""", "FINISHED_REJECTED: the md5 hash is invalid: not a hex string of 16 bytes" },
        { """{"SHA1":"no hex"}""", "FINISHED_REJECTED: the sha1 hash is invalid: not a hex string of 20 bytes" },
        { $$"""{"SHA256":"0x{{_sha256[2..]}}"}""", "FINISHED_REJECTED: the sha256 hash is invalid: not a hex string of 32 bytes" },
        { $$"""{"MD5":"{{_sha1}}","SHA1":"{{_sha1}}"}""", "FINISHED_ERROR: internal runtime error" },
        { $$"""{"SHA1":"{{_sha256}}"}""", "FINISHED_ERROR: internal runtime error" },
        { $$"""{"SHA256":"{{_sha256}}00"}""", "FINISHED_ERROR: internal runtime error" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Install_Checksum_FirstGivenDecides(string checksums, string failure) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        await world.InstallAsync(Module("m", Artifact("valid.json", checksums)));

        string[] expected = failure.Length == 0 ? ["204", .. Installed] : ["204", "STARTED", "DOWNLOADING", $"!{failure}", failure];
        Assert.Equal(expected, world.Story());
    });

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"md5":"00"}""")]
    public void Install_StrictWithoutChecksum_IsRejectedWithoutADownload(string checksums) => World.Run(async world =>
    {
        var artifacts = new MemoryArtifacts();
        await using var device = await world.StartRegisteredAsync(
            new DeviceOptions { Artifacts = artifacts, Software = new SoftwareOptions { Downloads = new DownloadOptions { Strict = true } } });

        await world.InstallAsync(Module("m", Artifact("valid.json", checksums)));

        Assert.Equal("FINISHED_REJECTED: no checksum is given: one of MD5, SHA1 and SHA256 is needed", world.Operations()[^1]);
        Assert.Empty(artifacts.Requests);
    });
}
