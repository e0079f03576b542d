using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>Debian's <c>docker-registry</c> on loopback, with its data in a temporary directory.</summary>
internal sealed class OwnRegistry : IAsyncDisposable
{
    private const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { Timeout = EngineWorld.Net };
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("registry-");
    private Process? _process;

    /// <summary>Host and port, as image names begin.</summary>
    public string Host { get; private set; } = "";

    public static async Task<OwnRegistry> StartAsync()
    {
        Assert.SkipWhen(Programs.Find("docker-registry") is null, "pulling needs docker-registry (Debian: docker-registry)");
        var registry = new OwnRegistry();
        await registry.BeginAsync();
        return registry;
    }

    /// <summary>Pushes an image in Docker's format.</summary>
    public async Task PushAsync(string repository, string tag, BusyboxImage image)
    {
        await PushBlobsAsync(repository, image);
        await PutManifestAsync(repository, tag, DockerManifest, Manifest(DockerManifest, "application/vnd.docker.container.image.v1+json", "application/vnd.docker.image.rootfs.diff.tar.gzip", image));
    }

    /// <summary>Pushes an image in OCI's format below an index that names one for another machine, too.</summary>
    public async Task PushIndexAsync(string repository, string tag, BusyboxImage image)
    {
        await PushBlobsAsync(repository, image);
        var manifest = Manifest(OciManifest, "application/vnd.oci.image.config.v1+json", "application/vnd.oci.image.layer.v1.tar+gzip", image);
        await PutManifestAsync(repository, BusyboxImage.Digest(manifest), OciManifest, manifest);

        // The registry wants all that an index names, so the other machine's is the same one under another name.
        JsonObject Platform(string architecture) => new()
        {
            ["mediaType"] = OciManifest,
            ["digest"] = BusyboxImage.Digest(manifest),
            ["size"] = manifest.Length,
            ["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = architecture },
        };
        await PutManifestAsync(repository, tag, OciIndex, Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciIndex,
            ["manifests"] = new JsonArray(Platform("s390x"), Platform(Device.Engines.Containerd.Images.Machine.Architecture)),
        }));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _http.Dispose();
        _home.Delete(recursive: true);
    }

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The port may be taken between our look and the registry's: then it ends, and another one is tried.
    private async Task BeginAsync()
    {
        var configuration = Path.Combine(_home.FullName, "config.yml");
        while (!await AnswersAsync())
        {
            if (_process is { HasExited: false })
            {
                await Task.Delay(_pause, RealTime.Provider);
                continue;
            }

            _process?.Dispose();
            Host = $"127.0.0.1:{FreePort()}";
            await File.WriteAllTextAsync(configuration, $"""
                version: 0.1
                log:
                  level: error
                storage:
                  filesystem:
                    rootdirectory: {_home.FullName}/data
                http:
                  addr: {Host}
                """);
            _process = Programs.Start("docker-registry", "serve", configuration);
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process is null)
            return false;
        try
        {
            using var response = await _http.GetAsync(new Uri($"http://{Host}/v2/"));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static byte[] Manifest(string type, string configType, string layerType, BusyboxImage image) => Bytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = type,
        ["config"] = Blob(configType, image.Config),
        ["layers"] = new JsonArray(Blob(layerType, BusyboxImage.PackedLayer)),
    });

    private static JsonObject Blob(string type, byte[] content) =>
        new() { ["mediaType"] = type, ["digest"] = BusyboxImage.Digest(content), ["size"] = content.Length };

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private async Task PushBlobsAsync(string repository, BusyboxImage image)
    {
        foreach (var blob in new[] { image.Config, BusyboxImage.PackedLayer })
        {
            using var begun = await _http.PostAsync(new Uri($"http://{Host}/v2/{repository}/blobs/uploads/"), content: null);
            var location = begun.EnsureSuccessStatusCode().Headers.Location!;
            await PutAsync(new Uri($"{location}&digest={BusyboxImage.Digest(blob)}"), "application/octet-stream", blob);
        }
    }

    private Task PutManifestAsync(string repository, string reference, string type, byte[] content) =>
        PutAsync(new Uri($"http://{Host}/v2/{repository}/manifests/{reference}"), type, content);

    private async Task PutAsync(Uri url, string type, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await _http.PutAsync(url, content);
        Assert.True(response.IsSuccessStatusCode, $"{url}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
