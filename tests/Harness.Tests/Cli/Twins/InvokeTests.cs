using System.Text;

namespace Leda.Harness.Tests.Cli.Twins;

public sealed class InvokeTests
{
    [Theory]
    [InlineData("{\n  \"rpm\": 7\n}")]
    [InlineData("""{"status":200,"value":{"rpm":7}}""", "--json")]
    public async Task Invoke_AnswerInJson_ShowsIt(string shown, params string[] options)
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (200, """{"rpm":7}"""));

        var end = await cloud.RunAsync(["invoke", "acme:press", "Container:1/2", "set/speed", """{"rpm": 9}""", .. options]);

        Assert.Equal((0, shown, ""), end);
        Assert.Equal("""POST /api/2/things/acme:press/features/Container:1%2F2/inbox/messages/set/speed?timeout=10000ms {"rpm": 9}""", Assert.Single(cloud.Requests));
        Assert.Equal("application/json", cloud.LastHeaders!.ContentType);
    }

    [Theory]
    [InlineData("text/plain", "accepted", "{\"status\":207,\"value\":\"accepted\"}")]
    [InlineData("application/octet-stream", "accepted", "{\"status\":207,\"value\":\"YWNjZXB0ZWQ=\"}")]
    public async Task Invoke_AnswerIsNoJson_IsShownAsAnEnvelopeHasIt(string type, string body, string shown)
    {
        await using var cloud = await FakeCloud.StartAsync(async (_, response) =>
        {
            response.StatusCode = 207;
            response.ContentType = type;
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        });

        Assert.Equal((0, shown, ""), await cloud.RunAsync("invoke", "acme:press", "motor", "go", "--json"));
    }

    [Fact]
    public async Task Invoke_WithoutArgument_SendsNoneAndNoContentType()
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (204, null));

        var end = await cloud.RunAsync("invoke", "acme:press", "motor", "go", "--timeout", "1500ms");

        Assert.Equal((0, "done (204)", ""), end);
        Assert.Equal("POST /api/2/things/acme:press/features/motor/inbox/messages/go?timeout=1500ms", Assert.Single(cloud.Requests));
        Assert.Equal(0, cloud.LastHeaders!.ContentType.Count);
    }

    [Fact]
    public async Task Invoke_OneWay_WantsNoAnswer()
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (202, null));

        Assert.Equal((0, "sent", ""), await cloud.RunAsync("invoke", "acme:press", "motor", "go", "--one-way"));
        Assert.EndsWith("/go?timeout=0", Assert.Single(cloud.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_ArgumentInAFile_SendsIt()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "argument.json");
        await File.WriteAllTextAsync(file, "[1]", TestContext.Current.CancellationToken);
        await using var cloud = await FakeCloud.StartAsync(_ => (204, null));

        var end = await cloud.RunAsync("invoke", "acme:press", "motor", "go", "@" + file);

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.EndsWith(" [1]", Assert.Single(cloud.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_DeviceRefuses_Fails()
    {
        const string Refusal = """{"error":"messages:parameter.invalid","status":400,"message":"bad container"}""";
        await using var cloud = await FakeCloud.StartAsync(_ => (400, Refusal));

        var end = await cloud.RunAsync("invoke", "acme:press", "motor", "go", "--json");

        Assert.Equal((1, $$"""{"status":400,"value":{{Refusal}}}""", "leda-harness: 400 messages:parameter.invalid bad container"), end);
    }
}
