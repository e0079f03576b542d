using System.Text.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Protocol.Tests.Kanto;

public sealed class ContainerStatusTests
{
    [Theory]
    [InlineData("""{"imageRef":"i","createdAt":"2026-11-23T11:04:27.250866022Z","state":{"status":"CREATED","pid":-1}}""")]
    [InlineData("""{"name":"n","imageRef":"i","config":{"domainName":"d","mountPoints":[{"source":"/a","destination":"/b","propagationMode":"RSLAVE"}],"hostName":"h","env":["A=1"],"restartPolicy":{"maxRetryCount":4,"retryTimeout":1.5,"type":"ON_FAILURE"},"extraHosts":["x:host_ip"],"portMappings":[{"proto":"tcp","hostPort":1,"hostPortEnd":2,"containerPort":3,"hostIP":"localhost"}],"networkMode":"BRIDGE","log":{"type":"JSON_FILE","maxFiles":2,"maxSize":"1M","mode":"BLOCKING"},"resources":{"memory":"64M","memorySwap":"-1"}},"createdAt":"","state":{"status":"EXITED","pid":-1,"error":"OOM Killed","exitCode":137,"startedAt":"s","finishedAt":"f","oomKilled":true}}""")]
    [InlineData("""{"imageRef":"i","createdAt":"c","state":{"status":"RUNNING","pid":1,"colour":"red"},"own":{"a":[1]}}""")]
    public void Deserialize_Status_ComesBackWithUnknownMembers(string text)
    {
        var status = JsonSerializer.Deserialize(text, KantoJson.Default.ContainerStatus);

        Assert.Equal(text, JsonSerializer.Serialize(status, KantoJson.Default.ContainerStatus));
    }

    [Theory]
    [InlineData("""{"imageRef":1}""")]
    [InlineData("""{"imageRef":"i","config":{"portMappings":[{"hostPort":70000,"containerPort":1}]}}""")]
    [InlineData("""{"imageRef":"i","start":"yes"}""")]
    [InlineData("\"text\"")]
    public void Deserialize_ArgumentsOfTheWrongType_Throws(string text) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(text, KantoJson.Default.CreateArguments));

    [Fact]
    public void Deserialize_NamesInAnotherCase_AreTheSameAsInGo() =>
        Assert.Equal("i", JsonSerializer.Deserialize("""{"IMAGEREF":"i"}""", KantoJson.Default.CreateArguments)!.ImageRef);
}
