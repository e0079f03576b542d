namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>Section J of Ditto's behaviours: the search.</summary>
public sealed class SearchRows : Rows
{
    private const string Read = """{"grant":["READ"],"revoke":[]}""";

    [Fact]
    public async Task J01_Search_GivesWhatMatches()
    {
        await MakeAsync("""{"attributes":{"a":1}}""");

        var found = await Api.GetAsync("/search/things?filter=eq(attributes/a,1)");

        Assert.Equal($$$"""{"items":[{"thingId":"{{{T}}}","policyId":"{{{T}}}","attributes":{"a":1}}]}""", found.Ok(200));
        Assert.Equal("""{"items":[]}""", (await Api.GetAsync("/search/things?filter=eq(attributes/a,2)")).Ok(200));
    }

    [Fact]
    public async Task J01_Post_TakesTheSameParametersAsAForm()
    {
        await MakeAsync("""{"attributes":{"a":"x y"}}""");
        (string, string) form = ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");

        Assert.Equal(
            $$$"""{"items":[{"thingId":"{{{T}}}"}]}""",
            (await Api.PostAsync("/search/things", "filter=eq(attributes%2Fa,%22x+y%22)&fields=thingId&option=size(1)", TestApi.Owner, form)).Ok(200));
        Assert.Equal("0", (await Api.PostAsync("/search/things/count", "filter=eq(attributes/a,1)", TestApi.Owner, form)).Ok(200));
        (await Api.PostAsync("/search/things", "{}")).Error(415, "mediatype.unsupported");
        (await Api.PutAsync("/search/things")).Ok(405);
        (await Api.GetAsync("/search")).Ok(404);
    }

    [Fact]
    public async Task J01_SeveralFilters_HaveToHoldTogether()
    {
        await MakeAsync("""{"attributes":{"a":1,"b":2}}""");

        Assert.Equal([T], await IdsAsync("filter=eq(attributes/a,1)&filter=eq(attributes/b,2)"));
        Assert.Empty(await IdsAsync("filter=eq(attributes/a,1)&filter=eq(attributes/b,3)"));
        Assert.Empty(await IdsAsync("filter=eq(attributes/a,1),eq(attributes/b,3)"));
    }

    [Fact]
    public async Task J02_MoreThanAPage_HasACursor()
    {
        await ManyAsync(26);

        var page = (await Api.GetAsync("/search/things")).Json;

        Assert.Equal((25, true), (page.GetProperty("items").GetArrayLength(), page.TryGetProperty("cursor", out _)));
    }

    [Fact]
    public async Task J03_Cursors_LeadToEveryThingOnceInOrder()
    {
        await ManyAsync(26);
        var found = new List<string>();
        string? cursor = null;

        do
        {
            var page = (await Api.GetAsync($"/search/things?filter=exists(attributes/n)&option=sort(-attributes/n),{(cursor is null ? "size(7)" : $"cursor({cursor}),size(7)")}")).Json;
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("thingId").GetString()!));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null && found.Count < 100);

        Assert.Equal(Enumerable.Range(0, 26).Reverse().Select(n => $"many:t{n:00}"), found);
    }

    [Fact]
    public async Task J04_Limit_TellsTheNextOffset()
    {
        await ManyAsync(5);

        var page = (await Api.GetAsync("/search/things?option=limit(1,2)&fields=thingId")).Ok(200);

        Assert.Equal("""{"items":[{"thingId":"many:t01"},{"thingId":"many:t02"}],"nextPageOffset":3}""", page);
        Assert.DoesNotContain("nextPageOffset", (await Api.GetAsync("/search/things?option=limit(3,2)")).Ok(200), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("size(201)")]
    [InlineData("limit(0,201)")]
    [InlineData("size(1),limit(0,1)")]
    [InlineData("cursor(abc)")]
    [InlineData("sort(attributes/a)")]
    public async Task J05_BadOption_IsRefused(string option)
    {
        (await Api.GetAsync($"/search/things?option={option}")).Error(400, "thing-search:search.option.invalid");
        (await Api.GetAsync($"/things?option={option}")).Error(400, "thing-search:search.option.invalid");
    }

    [Fact]
    public async Task J06_CursorOfAnotherSearch_IsRefused()
    {
        await ManyAsync(3);
        var cursor = (await Api.GetAsync("/search/things?filter=exists(attributes/n)&option=size(1)")).Json.GetProperty("cursor").GetString();

        (await Api.GetAsync($"/search/things?filter=exists(attributes/x)&option=cursor({cursor})")).Error(400, "thing-search:search.option.invalid");
        (await Api.GetAsync($"/search/things?filter=exists(attributes/n)&option=sort(-thingId),cursor({cursor})"))
            .Error(400, "thing-search:search.option.invalid");
    }

    [Fact]
    public async Task J07_Namespaces_AreTheOnlyOnesSearched()
    {
        await MakeAsync();
        await ManyAsync(1);

        Assert.Equal(["many:t00"], await IdsAsync("namespaces=many,other"));
        Assert.Equal(["many:t00", T], await IdsAsync("namespaces=many,test.ns"));
        Assert.Empty(await IdsAsync("namespaces="));
        Assert.Empty(await IdsAsync("namespaces=unknown"));
    }

    [Fact]
    public async Task J08_FilterOnWhatMayNotBeRead_FindsNothing()
    {
        await MakeAsync("""{"attributes":{"open":1,"secret":2}}""");
        await GrantAsync(TestApi.Other, "\"thing:/attributes/open\":" + Read);

        Assert.Equal(
            $$$"""{"items":[{"thingId":"{{{T}}}","attributes":{"open":1}}]}""",
            (await Api.GetAsync("/search/things?filter=eq(attributes/open,1)", TestApi.Other)).Ok(200));
        Assert.Empty(await IdsAsync("filter=eq(attributes/secret,2)", TestApi.Other));
        Assert.Equal("0", (await Api.GetAsync("/search/things/count?filter=eq(attributes/secret,2)", TestApi.Other)).Ok(200));
        Assert.Equal([T], await IdsAsync("filter=eq(attributes/secret,2)"));
    }

    [Fact]
    public async Task J09_ThingWhosePolicyIsGone_IsNotFound()
    {
        await MakeAsync();
        Assert.Equal("1", (await Api.GetAsync("/search/things/count")).Ok(200));

        (await Api.DeleteAsync($"/policies/{T}")).Ok(204);

        Assert.Equal("0", (await Api.GetAsync("/search/things/count")).Ok(200));
        Assert.Empty(await IdsAsync(""));
    }

    [Fact]
    public async Task J10_Unequal_NeedsAValue()
    {
        await MakeAsync("""{"attributes":{"y":1}}""");

        Assert.Empty(await IdsAsync("filter=ne(attributes/x,1)"));
        Assert.Equal([T], await IdsAsync("filter=ne(attributes/y,2)"));
    }

    [Fact]
    public async Task J11_PatchedThing_IsFound()
    {
        await MakeAsync();

        (await Api.PatchAsync($"/things/{T}", """{"attributes":{"new":{"deep":true}}}""")).Ok(204);

        Assert.Equal([T], await IdsAsync("filter=eq(attributes/new/deep,true)"));
    }

    [Theory]
    [InlineData("exists(features/*/properties/p)")]
    [InlineData("eq(features/*/definition,\"ns:n:1\")")]
    public async Task J12_Wildcard_StandsForAnyFeature(string filter)
    {
        await MakeAsync("""{"features":{"f":{"definition":["ns:n:1"],"properties":{"p":1}}}}""");
        await Api.PutAsync($"/things/{Api.NewId()}", """{"features":{"f":{"definition":["ns:n:2"],"properties":{"q":1}}}}""");

        Assert.Equal([T], await IdsAsync($"filter={filter}"));
    }

    [Fact]
    public async Task J13_MixedSort_PutsMissingValuesFirst()
    {
        foreach (var (id, thing) in new[] { ("s:1", "1"), ("s:2", "1"), ("s:3", "0"), ("s:4", "\"x\"") })
            (await Api.PutAsync($"/things/{id}", "{\"attributes\":{\"a\":" + thing + "}}")).Ok(201);
        (await Api.PutAsync("/things/s:5")).Ok(201);

        Assert.Equal(["s:5", "s:3", "s:2", "s:1", "s:4"], await IdsAsync("option=sort(%2Battributes/a,-thingId)"));
        Assert.Equal(["s:5", "s:3", "s:2", "s:1", "s:4"], await IdsAsync("option=sort(+attributes/a,-thingId)"));
    }

    [Fact]
    public async Task J14_Count_IsABareNumber()
    {
        await ManyAsync(30);

        Assert.Equal("30", (await Api.GetAsync("/search/things/count?filter=exists(attributes/n)")).Ok(200));
        Assert.Equal("10", (await Api.GetAsync("/search/things/count?filter=lt(attributes/n,10)&option=size(1)")).Ok(200));
    }

    [Theory]
    [InlineData("eq(attributes/a")]
    [InlineData("eq(foo,1)")]
    [InlineData("eq(attributes/a,1))")]
    [InlineData("")]
    public async Task J15_BrokenExpression_IsRefused(string filter)
    {
        (await Api.GetAsync($"/search/things?filter={filter}")).Error(400, "rql.expression.invalid");
        (await Api.GetAsync($"/search/things/count?filter={filter}")).Error(400, "rql.expression.invalid");
    }

    [Fact]
    public async Task Fields_SelectWhatIsShown_AndBrokenOnesAreRefused()
    {
        await MakeAsync("""{"attributes":{"a":1,"b":2}}""");

        Assert.Equal("""{"items":[{"attributes":{"b":2},"_revision":1}]}""", (await Api.GetAsync("/search/things?fields=_revision,attributes/b")).Ok(200));
        (await Api.GetAsync("/search/things?fields=attributes(")).Error(400, "json.fieldselector.invalid");
    }

    [Fact]
    public async Task A13_List_HasALinkToTheNextPage()
    {
        await ManyAsync(5);
        var found = new List<string>();

        for (var next = "/things?fields=thingId&namespaces=many&option=size(2),sort(-thingId)"; next is not null && found.Count < 50;)
        {
            var list = await Api.GetAsync(next);
            list.Ok(200);
            found.AddRange(list.Json.EnumerateArray().Select(t => t.GetProperty("thingId").GetString()!));
            var links = list.Header("Link")!.Split(", ");
            Assert.EndsWith("; rel=\"canonical\"", links[0], StringComparison.Ordinal);
            next = links.Length == 1 ? null : links[1].Split('<', '>')[1][Api.Url.GetLeftPart(UriPartial.Authority).Length..];
        }

        Assert.Equal(["many:t04", "many:t03", "many:t02", "many:t01", "many:t00"], found);
    }

    private async Task ManyAsync(int count)
    {
        for (var n = 0; n < count; n++)
            (await Api.PutAsync($"/things/many:t{n:00}", "{\"attributes\":{\"n\":" + n + "}}")).Ok(201);
    }

    private async Task<List<string>> IdsAsync(string query, string user = TestApi.Owner)
    {
        var answer = await Api.GetAsync($"/search/things?{query}", user);
        answer.Ok(200);
        return [.. answer.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("thingId").GetString()!)];
    }
}
