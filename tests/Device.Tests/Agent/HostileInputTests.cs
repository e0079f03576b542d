using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Agent;

/// <summary>Whatever arrives, the device still answers afterwards.</summary>
public sealed class HostileInputTests
{
    private const string Topic = "dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/x";

    public static TheoryData<string, string> Payloads => new()
    {
        { "a megabyte of no JSON", new string('x', 1 << 20) },
        { "a megabyte of text", $"\"{new string('x', 1 << 20)}\"" },
        { "deep nesting", new string('[', 100_000) },
        { "deep but balanced", string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000) },
        { "null bytes", "\0\0\0" },
        { "half a character", "\"\ud800\"" },
        { "a long number", new string('9', 10_000) },
        { "all null", """{"topic":null,"headers":null,"path":null,"value":null,"deviceId":null,"tenantId":null,"policyId":null}""" },
        { "all numbers", """{"topic":1,"headers":2,"path":3,"value":4,"deviceId":5,"tenantId":6,"policyId":7}""" },
        { "all arrays", """{"topic":[],"headers":[],"path":[],"value":[],"deviceId":[],"tenantId":[]}""" },
        { "odd headers", $$"""{"topic":"{{Topic}}","headers":{"correlation-id":{},"response-required":1,"content-type":[]},"path":"/inbox/messages/x"}""" },
        { "no feature id", $$"""{"topic":"{{Topic}}","headers":{"correlation-id":"c","response-required":true},"path":"/features//inbox/messages/x"}""" },
        { "no subject", $$"""{"topic":"{{Topic}}","headers":{"correlation-id":"c","response-required":true},"path":"/features/Metrics/inbox/messages/"}""" },
        { "format signs", $$"""{"topic":"{{Topic}}","headers":{"correlation-id":"%d {0}","response-required":true},"path":"/features/%s{0}/inbox/messages/%d"}""" },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Anything_OnAnyTopic_IsSurvived(string what, string payload) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        foreach (var topic in new[] { "edge/thing/response", "req/r1/x", "req//x", "req//created", "req//deleted", "req//modified", "req//errors-response", "req/r1", "req" })
            await world.SendAsync(topic.StartsWith("req", StringComparison.Ordinal) ? $"command//{World.Thing}/{topic}" : topic, payload);

        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal) || line.Length > 5000);
        Assert.True((await world.InvokeAsync("Metrics", "x")).Status == 404, what);
    });

    [Theory]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("""{"imageRef":7}""")]
    [InlineData("""{"imageRef":{}}""")]
    [InlineData("""{"imageRef":"a/b","start":"yes"}""")]
    [InlineData("""{"imageRef":"a/b","config":[]}""")]
    [InlineData("""{"imageRef":"a/b","config":{"env":{}}}""")]
    [InlineData("""{"imageRef":"a/b","config":{"portMappings":[{"hostPort":70000,"containerPort":1}]}}""")]
    [InlineData("""{"imageRef":"a/b","config":{"log":{"maxFiles":1e99}}}""")]
    [InlineData("""{"imageRef":"a/b","config":{"restartPolicy":{"type":"ALWAYS","retryTimeout":1e999}}}""")]
    public void Create_ArgumentOfWrongType_Is400(string value) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var answer = await world.InvokeAsync("ContainerFactory", "createWithConfig", value);

        Assert.Equal((400, "messages:parameter.invalid", "/features/ContainerFactory/outbox/messages/createWithConfig"), (answer.Status, answer.Error, answer.Envelope.Path));
        Assert.Empty(device.Containers);
    });

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"imageRef":null}""")]
    [InlineData("""{"imageRef":""}""")]
    [InlineData("""{"imageRef":"a/b","config":{"env":[null]}}""")]
    [InlineData("""{"imageRef":"a/b","config":{"portMappings":[null]}}""")]
    [InlineData("""{"imageRef":"a/b","config":{"mountPoints":[null]}}""")]
    [InlineData("""{"imageRef":"a/b","name":"../../etc"}""")]
    [InlineData("""{"imageRef":"a/b","config":{"restartPolicy":{"retryTimeout":1e308,"type":"ON_FAILURE","maxRetryCount":-1}}}""")]
    [InlineData("""{"imageRef":"a/b","config":{"resources":{"memory":"999999999999999999G"}}, "name":"a b"}""")]
    public void Create_RefusedConfiguration_Is500AndNothingIsPublished(string value) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();

        var answer = await world.InvokeAsync("ContainerFactory", "createWithConfig", value);

        Assert.Equal((500, "messages:execution.failed"), (answer.Status, answer.Error));
        Assert.Single(world.Seen);
        Assert.Empty(device.Containers);
        Assert.DoesNotContain(world.Log, line => line.Contains("unexpected", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("remove", "{}")]
    [InlineData("remove", "\"true\"")]
    [InlineData("rename", "{\"name\":\"x\"}")]
    [InlineData("rename", "7")]
    public void Container_ArgumentOfWrongType_Is400(string operation, string value) => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var id = await world.CreateAsync();

        var answer = await world.InvokeAsync($"Container:{id}", operation, value);

        Assert.Equal((400, "messages:parameter.invalid"), (answer.Status, answer.Error));
        Assert.Single(device.Containers);
    });
}
