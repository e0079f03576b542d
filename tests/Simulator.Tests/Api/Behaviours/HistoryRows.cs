namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>The history part of section L of Ditto's behaviours, and history as an event stream.</summary>
public sealed class HistoryRows : Rows
{
    [Fact]
    public async Task L03_AtHistoricalRevision_IsTheStateOfThen()
    {
        await MakeThreeAsync();

        Assert.Equal("""{"attributes":{"counter":0},"_revision":1}""", (await GetAsync("fields=attributes,_revision&at-historical-revision=1")).Ok(200));
        Assert.Equal("""{"attributes":{"counter":1},"_revision":2}""", (await GetAsync("fields=attributes,_revision&at-historical-revision=2")).Ok(200));
        Assert.Equal("""{"attributes":{},"_revision":3}""", (await GetAsync("fields=attributes,_revision", ("at-historical-revision", "3"))).Ok(200));
        Assert.Equal("1", (await Api.GetAsync($"/things/{T}/attributes/counter?at-historical-revision=2")).Ok(200));
        Assert.Equal("\"rev:1\"", (await GetAsync("at-historical-revision=1")).Header("etag"));
    }

    [Fact]
    public async Task L03_OnlyCreated_HasARevisionOne()
    {
        await MakeAsync("""{"attributes":{"counter":0}}""");

        (await GetAsync("at-historical-revision=1")).Ok(200);
    }

    [Fact]
    public async Task L03_AtHistoricalTimestamp_IsTheStateOfThen()
    {
        await MakeThreeAsync();
        var at = (await GetAsync("fields=_modified&at-historical-revision=2")).Json.GetProperty("_modified").GetString()!;

        Assert.Equal("""{"_revision":2}""", (await GetAsync($"fields=_revision&at-historical-timestamp={at}")).Ok(200));
        Assert.Equal("""{"_revision":3}""", (await GetAsync("fields=_revision&at-historical-timestamp=9999-01-01T00:00Z")).Ok(200));
        (await GetAsync("at-historical-timestamp=1999-01-01T00:00:00Z")).Error(404, "things:thing.history.notfound");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4")]
    public async Task L03_UnknownRevision_IsNotFound(string revision)
    {
        await MakeThreeAsync();

        (await GetAsync($"at-historical-revision={revision}")).Error(404, "things:thing.history.notfound");
    }

    [Fact]
    public async Task L03_DeletedRevision_IsNotFound_AndNumberingGoesOn()
    {
        await MakeThreeAsync();
        (await Api.DeleteAsync($"/things/{T}")).Ok(204);
        (await GetAsync("at-historical-revision=1")).Error(404, "things:thing.notfound");
        (await Api.PutAsync($"/things/{T}", $$"""{"policyId":"{{T}}"}""")).Ok(201);

        (await GetAsync("at-historical-revision=4")).Error(404, "things:thing.history.notfound");
        Assert.Equal("""{"_revision":5}""", (await GetAsync("fields=_revision&at-historical-revision=5")).Ok(200));
        Assert.Equal("""{"_revision":2}""", (await GetAsync("fields=_revision&at-historical-revision=2")).Ok(200));
    }

    [Theory]
    [InlineData("at-historical-revision", "one")]
    [InlineData("at-historical-timestamp", "yesterday")]
    public async Task L03_BadHeader_IsRefused(string name, string value)
    {
        await MakeAsync();

        (await GetAsync("", (name, value))).Error(400, "header.invalid");
    }

    [Fact]
    public async Task L03_Past_IsReadByTheRightsOfNow()
    {
        await MakeAsync("""{"attributes":{"a":1,"b":1}}""");
        (await Api.PutAsync($"/things/{T}/attributes/b", "2")).Ok(204);
        (await Api.GetAsync($"/things/{T}?at-historical-revision=1", TestApi.Other)).Error(404, "things:thing.notfound");
        await GrantAsync(TestApi.Other, "\"thing:/attributes/a\":{\"grant\":[\"READ\"],\"revoke\":[]}");

        Assert.Equal(
            """{"attributes":{"a":1}}""", (await Api.GetAsync($"/things/{T}?fields=attributes&at-historical-revision=1", TestApi.Other)).Ok(200));
    }

    [Fact]
    public async Task L03_TooManyChanges_ForgetTheOldest()
    {
        await MakeAsync();
        for (var n = 2; n <= 1_005; n++)
            (await Api.PutAsync($"/things/{T}/attributes/n", $"{n}")).Ok(n == 2 ? 201 : 204);

        (await GetAsync("at-historical-revision=5")).Error(404, "things:thing.history.notfound");
        Assert.Equal("6", (await Api.GetAsync($"/things/{T}/attributes/n?at-historical-revision=6")).Ok(200));
    }

    [Theory]
    [InlineData("from-historical-revision=0", "1,2,3")]
    [InlineData("from-historical-revision=2", "2,3")]
    [InlineData("from-historical-revision=-2", "2,3")]
    [InlineData("from-historical-revision=1&to-historical-revision=-1", "1,2")]
    [InlineData("to-historical-revision=1", "1")]
    [InlineData("from-historical-timestamp=1999-01-01T00:00:00Z&filter=eq(attributes/counter,1)", "2")]
    [InlineData("to-historical-timestamp=1999-01-01T00:00:00Z", "")]
    public async Task L03_EventStream_IsOfThePast_AndEnds(string parameters, string revisions)
    {
        await MakeThreeAsync();

        using var stream = await Api.StreamAsync($"/things/{T}?fields=_revision&{parameters}");

        Assert.Equal(revisions.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(r => $$"""{"_revision":{{r}}}"""), (await stream.RestAsync()).Select(e => e.Data));
    }

    [Fact]
    public async Task L03_EventStream_ShowsWhatHasChanged()
    {
        await MakeThreeAsync();

        using var stream = await Api.StreamAsync($"/things/{T}/attributes/counter?from-historical-revision=1");

        Assert.Equal(["0", "1"], (await stream.RestAsync()).Select(e => e.Data));
    }

    [Theory]
    [InlineData("?from-historical-revision=x", 400, "gateway:query.parameter.invalid")]
    [InlineData("?to-historical-timestamp=x", 400, "gateway:query.parameter.invalid")]
    public async Task L03_EventStream_BadParameter_IsRefused(string query, int status, string error)
    {
        await MakeAsync();

        (await Api.GetAsync($"/things/{T}{query}", TestApi.Owner, ("Accept", "text/event-stream"))).Error(status, error);
        (await Api.GetAsync($"/things/{T}?from-historical-revision=1", TestApi.Other, ("Accept", "text/event-stream"))).Error(404, "things:thing.notfound");
    }

    private async Task MakeThreeAsync()
    {
        await MakeAsync("""{"attributes":{"counter":0}}""");
        (await Api.PutAsync($"/things/{T}/attributes/counter", "1")).Ok(204);
        (await Api.DeleteAsync($"/things/{T}/attributes/counter")).Ok(204);
    }

    private Task<ApiAnswer> GetAsync(string query, params (string Name, string Value)[] headers) => Api.GetAsync($"/things/{T}?{query}", TestApi.Owner, headers);
}
