using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Leda.Harness.Tests.Cli.Twins;

public sealed class TwinVerbTests
{
    private const string NotFound = """{"status":404,"error":"things:thing.notfound","message":"There is no acme:x."}""";

    [Theory]
    [InlineData("--json", """{"rpm":[1,"ä<"]}""")]
    [InlineData("--user=ditto:ditto", "{\n  \"rpm\": [\n    1,\n    \"ä<\"\n  ]\n}")]
    public async Task Get_PartOfATwin_ShowsIt(string option, string shown)
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (200, """{"rpm": [1, "ä\u003c"]}"""));

        var end = await cloud.RunAsync("twin", "get", "acme.plant:press:7", "/features/a b/properties/x", option);

        Assert.Equal((0, shown, ""), end);
        Assert.Equal("GET /api/2/things/acme.plant:press:7/features/a%20b/properties/x", Assert.Single(cloud.Requests));
        Assert.Equal("Basic ZGl0dG86ZGl0dG8=", cloud.LastHeaders!.Authorization);
    }

    [Fact]
    public async Task Get_NotFound_SaysSoInOneLine()
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (404, NotFound));

        Assert.Equal((1, "", "leda-harness: 404 things:thing.notfound There is no acme:x."), await cloud.RunAsync("twin", "get", "acme:x", "--json"));
    }

    [Fact]
    public async Task Get_WrongPassword_SaysHowToGiveIt()
    {
        await using var cloud = await FakeCloud.StartAsync(async (_, response) =>
        {
            response.StatusCode = 401;
            response.ContentType = "text/html";
            await response.WriteAsync("<html>");
        });

        var end = await cloud.RunAsync("twin", "get", "acme:x");

        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.Contains("--user name:password", Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SomethingElseAnswers_SaysToLookAtTheAddress()
    {
        await using var cloud = await FakeCloud.StartAsync(async (_, response) => await response.WriteAsync("<html>"));

        var end = await cloud.RunAsync("twin", "get", "acme:x");

        Assert.Equal((1, ""), (end.ExitCode, end.Output));
        Assert.Contains("--url", Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NobodyListens_AsksWhetherTheHarnessRuns()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        listener.Stop();
        await using var program = RunningProgram.Harness("twin", "get", "acme:x", "--url", url);

        var end = await program.EndAsync();

        Assert.Equal((4, ""), (end.ExitCode, end.Output));
        Assert.Contains("is `leda-harness up` running?", Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rm_OneIsRefused_RemovesTheOthers()
    {
        await using var cloud = await FakeCloud.StartAsync(request => request.EndsWith(":x", StringComparison.Ordinal) ? (404, NotFound) : (204, null));

        var end = await cloud.RunAsync("twin", "rm", "acme:a", "acme:x", "acme:b", "--json");

        Assert.Equal((1, "\"acme:a\"\n\"acme:b\"", "leda-harness: 404 things:thing.notfound There is no acme:x."), end);
        Assert.Equal(["DELETE /api/2/things/acme:a", "DELETE /api/2/things/acme:x", "DELETE /api/2/things/acme:b"], cloud.Requests);
    }

    [Theory]
    [InlineData("colon", "twin", "rm", "acme:a", "colon")]
    [InlineData("..", "twin", "get", "..")]
    [InlineData("--url", "twin", "ls", "--url", "localhost:8080")]
    [InlineData("--user", "twin", "ls", "--user", "ditto")]
    [InlineData("10s", "invoke", "acme:x", "f", "op", "--timeout", "2m")]
    [InlineData("10s", "invoke", "acme:x", "f", "op", "--timeout", "0s")]
    [InlineData("10s", "invoke", "acme:x", "f", "op", "--timeout", "soon")]
    [InlineData("--one-way", "invoke", "acme:x", "f", "op", "--timeout", "1s", "--one-way")]
    [InlineData("no JSON", "invoke", "acme:x", "f", "op", "{a:1}")]
    [InlineData("nowhere.json", "invoke", "acme:x", "f", "op", "@nowhere.json")]
    [InlineData("RQL", "search")]
    public async Task Verb_WhatCannotBe_SaysSoAndAsksNobody(string part, params string[] arguments)
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (204, null));

        await using var program = RunningProgram.Harness(arguments.Contains("--url") ? arguments : [.. arguments, "--url", cloud.Url]);
        var end = await program.EndAsync();

        Assert.Equal((2, ""), (end.ExitCode, end.Output));
        Assert.Contains(part, Assert.Single(end.Error.Split('\n')), StringComparison.Ordinal);
        Assert.Empty(cloud.Requests);
    }
}
