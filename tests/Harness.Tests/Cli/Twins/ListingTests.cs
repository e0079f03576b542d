namespace Leda.Harness.Tests.Cli.Twins;

public sealed class ListingTests
{
    private const string First = """{"items":[{"thingId":"acme:a"},{"thingId":"acme:b"}],"cursor":"c/1"}""";
    private const string Second = """{"items":[{"thingId":"acme:c"}]}""";

    [Fact]
    public async Task Ls_SeveralPages_FollowsTheCursor()
    {
        await using var cloud = await FakeCloud.StartAsync(request => (200, request.Contains("cursor") ? Second : First));

        var end = await cloud.RunAsync("twin", "ls", "--json", "--namespace", "acme", "--user", "me:se:cret");

        Assert.Equal((0, "{\"thingId\":\"acme:a\"}\n{\"thingId\":\"acme:b\"}\n{\"thingId\":\"acme:c\"}", ""), end);
        Assert.Equal(
            ["GET /api/2/search/things?namespaces=acme&option=size%28200%29", "GET /api/2/search/things?namespaces=acme&option=size%28200%29%2Ccursor%28c%2F1%29"],
            cloud.Requests);
        Assert.Equal("Basic bWU6c2U6Y3JldA==", cloud.LastHeaders!.Authorization);
    }

    [Fact]
    public async Task Ls_ForPeople_IsATable()
    {
        await using var cloud = await FakeCloud.StartAsync(
            _ => (200, """{"items":[{"thingId":"acme:\u0007press","_revision":7,"_modified":"2026-01-01T00:00:00Z","features":{"a":{},"b":{}}},{"thingId":"acme:x"}]}"""));

        var end = await cloud.RunAsync("twin", "ls");

        var rows = Array.ConvertAll(end.Output.Split('\n'), line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.Equal(["THING FEATURES REVISION MODIFIED", "acme:\\u0007press 2 7 2026-01-01T00:00:00Z", "acme:x 0"], rows);
        Assert.Contains("fields=thingId%2C_revision%2C_modified%2Cfeatures", Assert.Single(cloud.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WithFields_ShowsThem()
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (200, """{"items":[{"attributes":{"line":4}}]}"""));

        var end = await cloud.RunAsync("search", "like(thingId,\"a&b*\")", "--fields", "attributes/line");

        Assert.Equal((0, "{\n  \"attributes\": {\n    \"line\": 4\n  }\n}", ""), end);
        Assert.StartsWith("GET /api/2/search/things?filter=like%28thingId%2C%22a%26b%2A%22%29&fields=attributes%2Fline&", Assert.Single(cloud.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_BrokenRql_SaysWhatTheCloudSays()
    {
        await using var cloud = await FakeCloud.StartAsync(
            _ => (400, """{"status":400,"error":"rql.expression.invalid","message":"It is broken.","description":"Look\nthere."}"""));

        var end = await cloud.RunAsync("search", "eq(", "--json");

        Assert.Equal((1, "", "leda-harness: 400 rql.expression.invalid It is broken. Look\\u000athere."), end);
    }

    [Fact]
    public async Task Ls_TheSamePageForEver_Ends()
    {
        await using var cloud = await FakeCloud.StartAsync(_ => (200, First));

        var end = await cloud.RunAsync("twin", "ls", "--json");

        Assert.Equal(1, end.ExitCode);
        Assert.Contains("again and again", end.Error, StringComparison.Ordinal);
    }
}
