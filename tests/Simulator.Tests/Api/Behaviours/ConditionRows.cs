using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>Section D of Ditto's behaviours: conditional requests.</summary>
public sealed class ConditionRows : Rows
{
    private const string Stale = "\"rev:999\"";

    [Fact]
    public async Task D01_Tags_TellRevisionOrContent()
    {
        await MakeAsync();

        Assert.Equal("\"rev:2\"", (await Api.PutAsync($"/things/{T}")).Header("etag"));
        Assert.StartsWith("\"hash:", (await Api.PutAsync($"/things/{T}/attributes/a", "1")).Header("etag"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/attributes/a")]
    public async Task D02_ReadIfMatch_NeedsTheTag(string path)
    {
        await MakeAsync("""{"attributes":{"a":{"b": 1}}}""");
        var tag = (await Api.GetAsync($"/things/{T}{path}")).Header("etag")!;

        (await GetAsync(path, "If-Match", tag)).Ok(200);
        (await GetAsync(path, "If-Match", Stale)).Error(412, "things:precondition.failed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/attributes/a")]
    public async Task D03_ReadIfNoneMatch_IsNotModified(string path)
    {
        await MakeAsync("""{"attributes":{"a":1}}""");
        var tag = (await Api.GetAsync($"/things/{T}{path}")).Header("etag")!;

        foreach (var given in new[] { tag, "*", $"{Stale}, {tag}" })
        {
            var answer = await GetAsync(path, "If-None-Match", given);
            Assert.Empty(answer.Ok(304));
            Assert.Equal(tag, answer.Header("etag"));
        }

        (await GetAsync(path, "If-None-Match", Stale)).Ok(200);
    }

    [Theory]
    [InlineData("If-Match")]
    [InlineData("If-None-Match")]
    public async Task D04_ReadOfNothing_IsNotFound(string header) => (await GetAsync("", header, "*")).Error(404, "things:thing.notfound");

    [Fact]
    public async Task D05_PutOfWhatIsNotThere_ObeysBothHeaders()
    {
        (await PutAsync("If-Match", "*")).Error(412, "things:precondition.failed");
        (await Api.GetAsync($"/things/{T}")).Ok(404);
        (await PutAsync("If-None-Match", "*")).Ok(201);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"rev:1\"")]
    public async Task D06_PutIfNoneMatch_FailsIfThere(string tag)
    {
        await MakeAsync();

        var answer = await PutAsync("If-None-Match", tag);

        answer.Error(412, "things:precondition.failed");
        Assert.Contains("if-none-match", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D07_DeleteIfMatch_NeedsTheTag()
    {
        await MakeAsync();

        (await Api.DeleteAsync($"/things/{T}", TestApi.Owner, ("If-Match", Stale))).Ok(412);
        (await Api.GetAsync($"/things/{T}")).Ok(200);
        (await Api.DeleteAsync($"/things/{T}", TestApi.Owner, ("If-Match", "\"rev:1\""))).Ok(204);
    }

    [Fact]
    public async Task D08_IfEqualSkip_ChangesNothingThatIsEqual()
    {
        await MakeAsync("""{"attributes":{"a":{"x":1}}}""");
        (string, string) skip = ("if-equal", "skip");

        (await Api.PutAsync($"/things/{T}/attributes/a", """{ "x": 1 }""", TestApi.Owner, skip)).Error(412, "things:precondition.failed");
        (await Api.PatchAsync($"/things/{T}/attributes", """{"a":{"x":1}}""", TestApi.Owner, skip)).Error(412, "things:precondition.failed");
        Assert.Equal("""{"_revision":1}""", (await Api.GetAsync($"/things/{T}?fields=_revision")).Ok(200));
        (await Api.PutAsync($"/things/{T}/attributes/a", """{"x":2}""", TestApi.Owner, skip)).Ok(204);
    }

    [Theory]
    [InlineData("""{"attributes":{"a":{"x":1,"y":3},"b":2}}""", """{"attributes":{"a":{"y":3}}}""")]
    [InlineData("""{"attributes":{"gone":null,"b":null,"a":{"z":{}}}}""", """{"attributes":{"b":null,"a":{"z":{}}}}""")]
    [InlineData("""{"attributes":{"a":{"{{ /y/ }}":null,"x":1},"b":[2]}}""", """{"attributes":{"a":{"{{ /y/ }}":null,"x":1},"b":[2]}}""")]
    public async Task D08_IfEqualSkipMinimizingMerge_SaysOnlyWhatChanges(string patch, string told)
    {
        await MakeAsync("""{"attributes":{"a":{"x":1,"y":2},"b":2}}""");
        (string, string) minimize = ("if-equal", "skip-minimizing-merge");
        var events = new List<JsonElement?>();
        Api.Cloud.Things.Observe(change => events.Add(change.Event.Value));

        (await Api.PatchAsync($"/things/{T}", """{"attributes":{"a":{"x":1},"gone":null}}""", TestApi.Owner, minimize)).Error(412, "things:precondition.failed");
        (await Api.PatchAsync($"/things/{T}", patch, TestApi.Owner, minimize)).Ok(204);

        Assert.Equal(told, Assert.Single(events)?.GetRawText());
    }

    [Fact]
    public async Task D09_Condition_DecidesInHeaderAndQuery()
    {
        await MakeAsync("""{"attributes":{"manufacturer":"ACME"}}""");
        const string True = "eq(attributes/manufacturer,\"ACME\")";
        const string False = "eq(attributes/manufacturer,\"other\")";

        (await PutAttributeAsync(True)).Ok(204);
        (await PutAttributeAsync(False)).Error(412, "things:condition.failed");
        (await Api.PutAsync($"/things/{T}/attributes/manufacturer?condition={Uri.EscapeDataString(True)}", "\"ACME\"")).Ok(204);
        (await Api.PutAsync($"/things/{T}/attributes/manufacturer?condition={Uri.EscapeDataString(False)}", "1")).Error(412, "things:condition.failed");
        Assert.Equal("""{"_revision":3}""", (await Api.GetAsync($"/things/{T}?fields=_revision")).Ok(200));
    }

    [Fact]
    public async Task D10_ConditionWithAQuotedNumber_ComparesNumbers()
    {
        await MakeAsync("""{"attributes":{"manufacturer":1},"features":{"F":{"properties":{"temperature":23.42}}}}""");

        (await PutAttributeAsync("gt(features/F/properties/temperature,\"20\")")).Ok(204);
        (await PutAttributeAsync("gt(features/F/properties/temperature,\"100\")")).Ok(412);
    }

    [Theory]
    [InlineData("eq(attributes/a")]
    [InlineData("sort(+attributes/a)")]
    [InlineData("eq(attributes//x,1)")]
    [InlineData("eq(nonsense,1)")]
    public async Task D11_ConditionThatCannotBeRead_IsRefused(string condition)
    {
        await MakeAsync();

        (await PutAttributeAsync(condition)).Ok(400);
    }

    [Theory]
    [InlineData("eq(attributes/secret,1)")]
    [InlineData("not(exists(attributes/secret))")]
    public async Task D12_ConditionOnWhatMayNotBeRead_Fails(string condition)
    {
        await MakeAsync("""{"attributes":{"secret":1,"manufacturer":1}}""");
        await GrantAsync(TestApi.Other, """
            "thing:/":{"grant":["READ","WRITE"],"revoke":[]},"thing:/attributes/secret":{"grant":[],"revoke":["READ"]}
            """);

        (await Api.PutAsync($"/things/{T}/attributes/manufacturer", "2", TestApi.Other, ("condition", condition))).Error(412, "things:condition.failed");
        (await Api.PutAsync($"/things/{T}/attributes/manufacturer", "2", TestApi.Other, ("condition", "exists(attributes/manufacturer)"))).Ok(204);
    }

    [Fact]
    public async Task D14_TrueConditionAndStaleTag_Fail()
    {
        await MakeAsync();

        (await Api.GetAsync($"/things/{T}", TestApi.Owner, ("condition", $"eq(thingId,\"{T}\")"), ("If-Match", Stale))).Ok(412);
    }

    [Theory]
    [InlineData("If-Match", "nonsense")]
    [InlineData("If-None-Match", "\"a\" \"b\"")]
    [InlineData("if-equal", "maybe")]
    [InlineData("response-required", "perhaps")]
    public async Task Header_ThatCannotBeRead_IsRefused(string name, string value)
    {
        await MakeAsync();

        (await GetAsync("", name, value)).Error(400, "header.invalid");
    }

    private Task<ApiAnswer> GetAsync(string path, string header, string value) => Api.GetAsync($"/things/{T}{path}", TestApi.Owner, (header, value));

    private Task<ApiAnswer> PutAsync(string header, string value) => Api.PutAsync($"/things/{T}", "{}", TestApi.Owner, (header, value));

    private Task<ApiAnswer> PutAttributeAsync(string condition) =>
        Api.PutAsync($"/things/{T}/attributes/manufacturer", "\"ACME\"", TestApi.Owner, ("condition", condition));
}
