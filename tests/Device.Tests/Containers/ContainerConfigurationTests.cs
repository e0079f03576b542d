using System.Text.Json;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>Defaults (5.5), spellings (3.2.2), and what is refused (5.3).</summary>
public sealed class ContainerConfigurationTests
{
    [Theory]
    [InlineData("{}", """{"domainName":"n-domain","hostName":"n-host","restartPolicy":{"type":"UNLESS_STOPPED"},"networkMode":"BRIDGE","log":{"type":"JSON_FILE","maxFiles":2,"maxSize":"100M","mode":"BLOCKING"}}""")]
    [InlineData(
        """{"hostName":"h","domainName":"d","mountPoints":[{"source":"/a","destination":"/b","propagationMode":"shared"},{"source":"/a","destination":"/b","propagationMode":"RSLAVE"}],"devices":[{"pathOnHost":"/dev/x"}],"restartPolicy":{"type":"on-failure","maxRetryCount":4,"retryTimeout":20.7},"portMappings":[{"hostPort":8088,"containerPort":80}],"networkMode":"bridge","log":{"mode":"non-blocking","rootDir":"/logs"},"resources":{"memory":"4.5m"},"nonsense":1}""",
        """{"domainName":"d","mountPoints":[{"source":"/a","destination":"/b","propagationMode":"RPRIVATE"},{"source":"/a","destination":"/b","propagationMode":"RSLAVE"}],"hostName":"h","devices":[{"pathOnHost":"/dev/x","pathInContainer":"/dev/x","cgroupPermissions":"rwm"}],"restartPolicy":{"maxRetryCount":4,"retryTimeout":20,"type":"ON_FAILURE"},"portMappings":[{"proto":"tcp","hostPort":8088,"hostPortEnd":8088,"containerPort":80,"hostIP":"0.0.0.0"}],"networkMode":"BRIDGE","log":{"type":"JSON_FILE","maxFiles":2,"maxSize":"100M","rootDir":"/logs","mode":"NON_BLOCKING","maxBufferSize":"1M"},"resources":{"memory":"4.5m","memorySwap":"9.0m"}}""")]
    [InlineData(
        """{"privileged":true,"extraCapabilities":["CAP_NET_ADMIN"],"networkMode":"host","log":{"type":"none","maxFiles":7,"maxSize":"1M","maxBufferSize":"9M"},"resources":{"memory":"64M","memorySwap":"-1"},"env":[]}""",
        """{"domainName":"n-domain","hostName":"n-host","privileged":true,"restartPolicy":{"type":"UNLESS_STOPPED"},"networkMode":"HOST","log":{"type":"NONE","mode":"BLOCKING"},"resources":{"memory":"64M"}}""")]
    public void Fill_Given_IsReportedAs(string given, string reported)
    {
        var filled = ContainerDefaults.Fill("n", WireLeniency.Of(Read(given)));

        Assert.Equal(reported, JsonSerializer.Serialize(filled, KantoJson.Default.ContainerConfig));
        Assert.Null(Check(filled));
    }

    [Theory]
    [InlineData("""{"mountPoints":[{"destination":"/b"}]}""", "source")]
    [InlineData("""{"mountPoints":[{"source":"/a"}]}""", "destination")]
    [InlineData("""{"privileged":true,"devices":[{"pathOnHost":"/dev/x"}]}""", "cannot create as privileged and with")]
    [InlineData("""{"networkMode":"overlay"}""", "unsupported network mode overlay")]
    [InlineData("""{"networkMode":"HOST","portMappings":[{"hostPort":1,"containerPort":1}]}""", "port mappings")]
    [InlineData("""{"networkMode":"HOST","extraHosts":["a:host_ip_eth0"]}""", "host_ip")]
    [InlineData("""{"devices":[{"pathInContainer":"/dev/x"}]}""", "device")]
    [InlineData("""{"log":{"type":"syslog"}}""", "syslog")]
    [InlineData("""{"log":{"maxFiles":-1}}""", "-1")]
    [InlineData("""{"log":{"maxSize":"100MB"}}""", "100MB")]
    [InlineData("""{"log":{"mode":"sometimes"}}""", "sometimes")]
    [InlineData("""{"log":{"mode":"NON_BLOCKING","maxBufferSize":"1"}}""", "buffer")]
    [InlineData("""{"restartPolicy":{}}""", "unsupported restart policy type ")]
    [InlineData("""{"restartPolicy":{"type":"Always"}}""", "unsupported restart policy type Always")]
    [InlineData("""{"restartPolicy":{"type":"ON_FAILURE","maxRetryCount":-1}}""", "negative")]
    [InlineData("""{"restartPolicy":{"type":"ON_FAILURE","retryTimeout":-1}}""", "negative")]
    [InlineData("""{"restartPolicy":{"type":"ALWAYS","maxRetryCount":1}}""", "cannot use max retry count when")]
    [InlineData("""{"resources":{"memory":"xx"}}""", "invalid format of memory - xx")]
    [InlineData("""{"resources":{"memory":"2M"}}""", "3M")]
    [InlineData("""{"resources":{"memorySwap":"8M"}}""", "needs a memory limit")]
    [InlineData("""{"resources":{"memory":"8M","memorySwap":"4M"}}""", "swap")]
    [InlineData("""{"resources":{"memory":"8M","memoryReservation":"9M"}}""", "reservation")]
    [InlineData("""{"env":["1A=b"]}""", "invalid environmental variable declaration provided : 1A=b")]
    [InlineData("""{"env":["A=b\nc"]}""", "invalid environmental variable")]
    [InlineData("""{"env":[null]}""", "invalid environmental variable declaration provided : ")]
    [InlineData("""{"resources":{"memoryReservation":"1"}}""", "invalid format of memory reservation - 1")]
    [InlineData("""{"resources":{"memory":"8M","memorySwap":"x"}}""", "invalid format of memory swap - x")]
    public void Check_Refused_SaysWhat(string given, string text) =>
        Assert.Contains(text, Check(ContainerDefaults.Fill("n", WireLeniency.Of(Read(given)))), StringComparison.Ordinal);

    /// <summary>Two rules are broken each time; the earlier one counts (5.3).</summary>
    [Theory]
    [InlineData("", "-", """{"mountPoints":[{}]}""", "the containers image configuration is invalid")]
    [InlineData("a", "-", """{"mountPoints":[{}]}""", "invalid container name format : -")]
    [InlineData("a", "n", """{"mountPoints":[{}],"privileged":true,"devices":[{"pathOnHost":"/d"}]}""", "source of a mount")]
    [InlineData("a", "n", """{"privileged":true,"devices":[{"pathOnHost":"/d"}],"networkMode":"x"}""", "cannot create as privileged")]
    [InlineData("a", "n", """{"networkMode":"x","devices":[{}]}""", "unsupported network mode x")]
    [InlineData("a", "n", """{"networkMode":"HOST","extraHosts":["a:host_ip"],"devices":[{}]}""", "host_ip")]
    [InlineData("a", "n", """{"devices":[{}],"log":{"type":"x"}}""", "device")]
    [InlineData("a", "n", """{"log":{"type":"x"},"restartPolicy":{"type":"y"}}""", "unsupported log driver type x")]
    [InlineData("a", "n", """{"restartPolicy":{"type":"y"},"resources":{"memory":"z"}}""", "unsupported restart policy type y")]
    [InlineData("a", "n", """{"resources":{"memory":"z"},"env":["1"]}""", "invalid format of memory - z")]
    public void Check_TwoRulesAreBroken_TheFirstIsNamed(string image, string name, string given, string text) => Assert.Contains(
        text,
        Check(ContainerDefaults.Fill("n", WireLeniency.Of(Read(given))), image, name),
        StringComparison.Ordinal);

    /// <summary>What a command is forgiven, a document is not (3.2.2).</summary>
    [Theory]
    [InlineData("""{"mountPoints":[{"source":"/a","destination":"/b","propagationMode":"none"}]}""", "unsupported propagation mode none")]
    [InlineData("""{"privileged":true,"extraCapabilities":["CAP_NET_ADMIN"]}""", "cannot create as privileged and with extra capabilities")]
    public void Check_InADocument_IsRefused(string given, string text)
    {
        Assert.Contains(text, Check(ContainerDefaults.Fill("n", Read(given))), StringComparison.Ordinal);
        Assert.Null(Check(ContainerDefaults.Fill("n", WireLeniency.Of(Read(given)))));
    }

    [Theory]
    [InlineData("""{"memory":"8M","memorySwap":"-1"}""", """{"memory":"8M","memorySwap":"-1"}""")]
    [InlineData("""{"memory":"8M"}""", """{"memory":"8M"}""")]
    [InlineData("{}", "null")]
    public void Update_Limits_AreTakenAsTheyAreGiven(string given, string reported)
    {
        var update = new UpdateArguments { Resources = JsonSerializer.Deserialize<Resources>(given, KantoJson.Default.Options) };

        var updated = ContainerDefaults.Update(ContainerDefaults.Fill("n", Read("""{"resources":{"memory":"64M"}}""")), update);

        Assert.Null(ContainerValidation.CheckUpdate(updated));
        Assert.Equal(reported, JsonSerializer.Serialize(updated.Resources, KantoJson.Default.Options));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("_a.b-c9", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("a\n", false)]
    [InlineData("ä", false)]
    public void CheckName_Name_IsJudgedAsAWhole(string name, bool good) =>
        Assert.Equal(good, ContainerValidation.CheckName(name) is null);

    [Theory]
    [InlineData("3M", 3L << 20)]
    [InlineData("1.5 g", 3L << 29)]
    [InlineData("200k", 200L << 10)]
    [InlineData("200", null)]
    [InlineData("200MB", null)]
    [InlineData("3  M", null)]
    [InlineData("-3M", null)]
    [InlineData("M", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TryParse_Size_GivesBytes(string? text, long? bytes) =>
        Assert.Equal(bytes, MemorySize.TryParse(text, out var size) ? (long)size.Bytes : null);

    private static ContainerConfig Read(string json) => JsonSerializer.Deserialize(json, KantoJson.Default.ContainerConfig)!;

    private static string? Check(ContainerConfig config, string image = "a/b:1", string name = "n") => ContainerValidation.Check(new Container
    {
        Id = "i",
        Name = name,
        ImageRef = image,
        Config = config,
        State = new ContainerState { Status = ContainerState.Created },
        CreatedAt = "2026-01-01T00:00:00Z",
    });
}
