using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Leda.Harness.Device.Tests.Engines.Containerd;

/// <summary>An image of one layer with Debian's busybox in it, made here so that nothing needs to be downloaded.</summary>
internal sealed class BusyboxImage
{
    public const string Busybox = "/bin/busybox";

    /// <summary>The default page of httpd.</summary>
    public const string Page = "<html><body><h1>It works!</h1></body></html>\n";

    /// <summary>As the recorded stand-ins: greets, and ends with code 0 as soon as it is told to.</summary>
    public static readonly string[] Polite =
        ["/bin/sh", "-c", "trap 'exit 0' TERM INT; echo hello from busybox; while :; do sleep 1 & wait $!; done"];

    private static readonly string[] _applets =
        ["sh", "cat", "dd", "echo", "env", "hostname", "httpd", "id", "ifconfig", "kill", "ls", "mount", "nc", "printf", "pwd", "sleep", "stty", "tail", "test", "touch", "true", "wc"];

    private static readonly Lazy<byte[]> _layer = new(MakeLayer);
    private static readonly Lazy<byte[]> _packedLayer = new(Pack);

    private readonly JsonObject _process;
    private readonly string _layerDigest;

    private BusyboxImage(JsonObject process, string? layerDigest = null)
    {
        _process = process;
        _layerDigest = layerDigest ?? Digest(Layer);
    }

    /// <summary>What the recordings call busybox and influxdb.</summary>
    public static BusyboxImage Usual { get; } = new(new JsonObject { ["Cmd"] = Array(Polite) });

    /// <summary>One that wants a user, a directory and variables, and has an entry point.</summary>
    public static BusyboxImage Particular { get; } = new(new JsonObject
    {
        ["Entrypoint"] = Array("/bin/sh", "-c"),
        ["Cmd"] = Array("id; pwd; env"),
        ["User"] = "worker",
        ["WorkingDir"] = "/tmp",
        ["Env"] = Array("PATH=/bin", "COLOUR=green", "SIZE=small"),
    });

    /// <summary>Serves a page, as the httpd of the integration tests does, and ends when it is told to.</summary>
    public static BusyboxImage Httpd { get; } = new(new JsonObject
    {
        ["Cmd"] = Array("/bin/sh", "-c", "trap 'exit 0' TERM; httpd -f -p 80 -h /www & wait $!"),
    });

    /// <summary>One that says of its layer what is not so.</summary>
    public static BusyboxImage Broken { get; } = new(new JsonObject { ["Cmd"] = Array(Polite) }, Digest([1, 2, 3]));

    /// <summary>The layer, a tar file.</summary>
    public static byte[] Layer => _layer.Value;

    /// <summary>The layer as registries have it.</summary>
    public static byte[] PackedLayer => _packedLayer.Value;

    /// <summary>The configuration.</summary>
    public byte[] Config => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["architecture"] = Device.Engines.Containerd.Images.Machine.Architecture,
        ["os"] = "linux",
        ["config"] = _process.DeepClone(),
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Array(_layerDigest) },
    }.ToJsonString());

    /// <summary>The images as <c>docker save</c> writes them.</summary>
    public static void Save(string path, params (BusyboxImage Image, string[] Names)[] images)
    {
        using var tar = new TarWriter(File.Create(path));
        Add(tar, "layer.tar", Layer);
        var manifest = new JsonArray();
        foreach (var (image, names) in images)
        {
            var config = $"{Digest(image.Config)["sha256:".Length..]}.json";
            Add(tar, config, image.Config);
            manifest.Add(new JsonObject { [nameof(Config)] = config, ["RepoTags"] = Array(names), ["Layers"] = Array("layer.tar") });
        }

        Add(tar, "manifest.json", Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    public static string Digest(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private static byte[] MakeLayer()
    {
        var layer = new MemoryStream();
        using (var tar = new TarWriter(layer))
        {
            Add(tar, "bin/busybox", File.ReadAllBytes(Busybox), executable: true);
            foreach (var applet in _applets)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, $"bin/{applet}") { LinkName = "busybox" });
            Add(tar, "www/index.html", Encoding.UTF8.GetBytes(Page));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "tmp/") { Mode = (UnixFileMode)0x3FF });
            Add(tar, "etc/passwd", "root:x:0:0::/:/bin/sh\nworker:x:1000:1001::/:/bin/sh\n"u8.ToArray());
            Add(tar, "etc/group", "root:x:0:\nworker:x:1001:\nhelpers:x:2000:someone,worker\n"u8.ToArray());
        }

        return layer.ToArray();
    }

    private static byte[] Pack()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Layer);
        return packed.ToArray();
    }

    private static void Add(TarWriter tar, string name, byte[] content, bool executable = false) => tar.WriteEntry(
        new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(content),
            Mode = executable ? (UnixFileMode)0x1ED : (UnixFileMode)0x1A4,
            ModificationTime = DateTimeOffset.UnixEpoch,
        });

    private static JsonArray Array(params string[] items) => [.. items.Select(i => (JsonNode)i)];
}
