using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Tests.Cli.Twins;

public sealed class WatchTests
{
    private const string Events = """
        data:

        : a comment

        data:{"thingId":"acme:press","features":{"motor":{"properties":{"rpm":7}}}}

        data:42


        """;

    [Fact]
    public async Task Watch_ForPeople_ShowsEachChangeUntilCtrlC()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cloud = await FakeCloud.StartAsync((_, response) => StreamAsync(response, open.Task));
        await using var program = RunningProgram.Harness("twin", "watch", "--filter", "eq(a,1)", "--fields", "thingId,features", "--url", cloud.Url);

        Assert.Equal("""acme:press {"features":{"motor":{"properties":{"rpm":7}}}}""", await program.LineAsync(_ => true));
        Assert.Equal("42", await program.LineAsync(_ => true));
        program.Interrupt();
        var end = await program.EndAsync();
        open.SetResult();

        Assert.Equal((0, "watching; Ctrl+C ends it"), (end.ExitCode, end.Error));
        Assert.Equal("GET /api/2/things?filter=eq%28a%2C1%29&fields=thingId%2Cfeatures", Assert.Single(cloud.Requests));
        Assert.Equal("text/event-stream", cloud.LastHeaders!.Accept);
    }

    [Fact]
    public async Task Watch_StreamEnds_SaysThatItNoLongerWatches()
    {
        await using var cloud = await FakeCloud.StartAsync((_, response) => StreamAsync(response, Task.CompletedTask));

        var end = await cloud.RunAsync("twin", "watch", "acme:press", "--json");

        Assert.Equal((4, "{\"thingId\":\"acme:press\",\"features\":{\"motor\":{\"properties\":{\"rpm\":7}}}}\n42"), (end.ExitCode, end.Output));
        Assert.Contains("watch again", end.Error, StringComparison.Ordinal);
        Assert.Equal("GET /api/2/things/acme:press", Assert.Single(cloud.Requests));
    }

    [Fact]
    public async Task Watch_Refused_SaysWhatTheCloudSays()
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (400, """{"status":400,"error":"rql.expression.invalid","message":"Broken."}"""));

        Assert.Equal((1, "", "leda-harness: 400 rql.expression.invalid Broken."), await cloud.RunAsync("twin", "watch", "--filter", "eq("));
    }

    private static async Task StreamAsync(HttpResponse response, Task open)
    {
        response.ContentType = "text/event-stream";
        await response.WriteAsync(Events);
        await response.Body.FlushAsync();
        await open;
    }
}
