using System.Security.Cryptography;
using System.Text;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Mutations;

/// <summary>One good command for each operation that the device has: where mutations begin.</summary>
internal static class GoodCommands
{
    /// <summary>Stands for the id of a container that exists.</summary>
    public const string SomeContainer = "11111111-2222-4333-8444-555555555555";

    private static readonly string _sum = Convert.ToHexStringLower(SHA256.HashData(new MemoryArtifacts().Files["valid.json"]));

    public static IReadOnlyList<(string Feature, string Operation, string? Value)> All { get; } =
    [
        ("ContainerFactory", "create", """{"imageRef":"docker.io/library/busybox:1.35","start":true}"""),
        ("ContainerFactory", "createWithConfig",
            """
            {"imageRef":"quay.io/acme/dashboard:1.0.3","name":"dashboard","start":true,"config":{"domainName":"d","hostName":"h","env":["A=b","C"],
            "cmd":["sleep","5"],"mountPoints":[{"source":"/a","destination":"/b","propagationMode":"RSLAVE"}],
            "decryption":{"keys":["k:p"],"recipients":["pkcs7:r"]},"devices":[{"pathOnHost":"/dev/x","cgroupPermissions":"rw"}],
            "restartPolicy":{"type":"ON_FAILURE","maxRetryCount":4,"retryTimeout":20},"extraHosts":["h:1.2.3.4"],
            "extraCapabilities":["CAP_NET_ADMIN"],"portMappings":[{"proto":"tcp","hostPort":80,"hostPortEnd":90,"containerPort":80,"hostIP":"::"}],
            "networkMode":"BRIDGE","openStdin":true,"tty":true,"log":{"type":"JSON_FILE","maxFiles":2,"maxSize":"1M","mode":"NON_BLOCKING","maxBufferSize":"1M"},
            "resources":{"memory":"64M","memoryReservation":"32M","memorySwap":"128M"}}}
            """),
        ($"Container:{SomeContainer}", "start", null),
        ($"Container:{SomeContainer}", "stop", "{}"),
        ($"Container:{SomeContainer}", "stopWithOptions", """{"timeout":5,"force":true,"signal":"SIGINT"}"""),
        ($"Container:{SomeContainer}", "pause", null),
        ($"Container:{SomeContainer}", "resume", null),
        ($"Container:{SomeContainer}", "rename", "\"another\""),
        ($"Container:{SomeContainer}", "update", """{"restartPolicy":{"type":"ALWAYS"},"resources":{"memory":"16M","memorySwap":"-1"}}"""),
        ($"Container:{SomeContainer}", "remove", "false"),
        ("Metrics", "request", """{"frequency":"2s","filter":[{"id":["cpu.*","pids"],"originator":"Container:x"},{"id":null}]}"""),
        ("SoftwareUpdatable", "install",
            """
            {"correlationId":"r-1","forced":true,"weight":3,"metadata":{"a":"b"},"softwareModules":[{"softwareModule":{"name":"m","version":"1"},
            "metadata":{},"artifacts":[{"filename":"a.json","download":{"HTTP":{"url":"http://files.example/valid.json","md5url":"http://files.example/a.md5"}},
            "checksums":{"SHA256":"SUM"},"size":96}]}]}
            """),
        ("SoftwareUpdatable", "remove",
            $$"""{"correlationId":"r-2","forced":true,"software":[{"group":"g","name":"{{SomeContainer}}","version":"1","type":"t"},{"name":"x","version":""}]}"""),
    ];

    /// <summary>The two-way command, as the cloud sends it.</summary>
    /// <param name="number">Makes request and correlation unique.</param>
    /// <param name="command">Which one.</param>
    /// <param name="container">A container that exists.</param>
    public static Command Of(int number, (string Feature, string Operation, string? Value) command, string container)
    {
        var content = command.Value is null ? "" : "\"content-type\":\"application/json\",";
        var value = command.Value is null ? "" : $",\"value\":{command.Value}";
        var payload =
            $$"""
            {"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/{{command.Operation}}",
            "headers":{{{content}}"correlation-id":"c-{{number}}","response-required":true},
            "path":"/features/{{command.Feature}}/inbox/messages/{{command.Operation}}"{{value}}}
            """;
        return new Command(
            $"command//{World.Thing}/req/r-{number}/{command.Operation}",
            Encoding.UTF8.GetBytes(payload.Replace(SomeContainer, container, StringComparison.Ordinal).Replace("SUM", _sum, StringComparison.Ordinal)));
    }
}
