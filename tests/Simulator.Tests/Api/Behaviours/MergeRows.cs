namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>Section C of Ditto's behaviours: merge patches.</summary>
public sealed class MergeRows : Rows
{
    [Fact]
    public async Task C01_PatchOfAMissingThing_IsNotFound() =>
        (await PatchAsync("/attributes", "{}")).Error(404, "things:thing.notfound");

    [Fact]
    public async Task C02_PatchThatIsSaidToBeJson_IsUnsupported()
    {
        await MakeAsync();

        (await Api.SendAsync("PATCH", $"/things/{T}", """{"attributes":{}}""", TestApi.Owner)).Error(415, "mediatype.unsupported");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task C03_EmptyPatchOfTheThing_IsRefused(string patch)
    {
        await MakeAsync();

        (await PatchAsync("", patch)).Error(400, "things:merge.invalid");
    }

    [Fact]
    public async Task C04_PatchOfTheId_MayOnlyRepeatIt()
    {
        await MakeAsync();

        (await PatchAsync("", $$"""{"thingId":"{{T}}"}""")).Ok(204);
        (await PatchAsync("", """{"thingId":null}""")).Error(400, "things:id.notdeletable");
        (await PatchAsync("", """{"thingId":"a:b"}""")).Error(400, "things:id.notsettable");
    }

    [Theory]
    [InlineData("", """{"policyId":"{P}"}""", """{"policyId":"invalid"}""", """{"policyId":null}""")]
    [InlineData("/policyId", "\"{P}\"", "\"invalid\"", "null")]
    public async Task C05_PatchOfThePolicyId_NeedsAPolicy(string path, string good, string bad, string none)
    {
        await MakeAsync();
        var other = Api.NewId();
        await Api.PutAsync($"/things/{other}");

        (await PatchAsync(path, good.Replace("{P}", other, StringComparison.Ordinal))).Ok(204);
        (await PatchAsync(path, bad)).Error(400, "policies:id.invalid");
        (await PatchAsync(path, none)).Error(400, "things:policyId.notdeletable");
        Assert.Equal($"\"{other}\"", (await Api.GetAsync($"/things/{T}/policyId")).Ok(200));
    }

    [Theory]
    [InlineData("", """{"features":{"f":{"properties":{"a":{"x":10,"new":[9]}}}}}""")]
    [InlineData("/features", """{"f":{"properties":{"a":{"x":10,"new":[9]}}}}""")]
    [InlineData("/features/f/properties/a", """{"x":10,"new":[9]}""")]
    public async Task C06_Patch_ChangesOnlyTheLeavesThatItNames(string path, string patch)
    {
        await MakeAsync("""{"attributes":{"k":1},"features":{"f":{"definition":["a:b:1"],"properties":{"a":{"x":1,"y":2,"new":[1,2]}}},"g":{}}}""");

        Assert.Empty((await PatchAsync(path, patch)).Ok(204));

        Assert.Equal(
            """{"attributes":{"k":1},"features":{"f":{"definition":["a:b:1"],"properties":{"a":{"x":10,"y":2,"new":[9]}}},"g":{}}}""",
            (await Api.GetAsync($"/things/{T}?fields=attributes,features")).Ok(200));
    }

    [Theory]
    [InlineData("", """{"attributes":{"a":null}}""")]
    [InlineData("/attributes/a", "null")]
    public async Task C07_PatchWithNull_TakesAway(string path, string patch)
    {
        await MakeAsync("""{"attributes":{"a":1,"b":2}}""");

        (await PatchAsync(path, patch)).Ok(204);

        Assert.Equal("""{"b":2}""", (await Api.GetAsync($"/things/{T}/attributes")).Ok(200));
    }

    [Fact]
    public async Task C08_PatchOfAnotherType_IsRefused()
    {
        await MakeAsync();

        (await PatchAsync("/attributes", "5")).Error(400, "json.invalid");
        (await PatchAsync("/definition", "\"a.b.c\"")).Error(400, "things:definition.identifier.invalid");
    }

    [Fact]
    public async Task C09_PatchOfWhatMayNotBeWritten_IsRefused()
    {
        await MakeAsync("""{"attributes":{},"features":{"Vehicle":{"properties":{"speed":1}}}}""");
        await GrantAsync(TestApi.Other, """
            "thing:/":{"grant":["READ","WRITE"],"revoke":[]},"thing:/features/Vehicle":{"grant":[],"revoke":["WRITE"]}
            """);

        (await Api.PatchAsync($"/things/{T}/attributes", """{"a":1}""", TestApi.Other)).Ok(204);
        (await Api.PatchAsync($"/things/{T}/features/Vehicle/properties/speed", "2", TestApi.Other)).Error(403, "things:thing.notmodifiable");
        (await Api.PatchAsync($"/things/{T}", """{"features":{"Vehicle":{"properties":{"speed":2}}}}""", TestApi.Other)).Error(403, "things:thing.notmodifiable");
    }

    [Theory]
    [InlineData("", """{"attributes":{"a":9}}""", "attributes")]
    [InlineData("/attributes/a", "9", "attributes/a")]
    public async Task C10_PatchOfWhichNothingIsLeft_ChangesNothing(string path, string patch, string place)
    {
        await MakeAsync("""{"attributes":{"a":1}}""");

        (await Api.PatchAsync($"/things/{T}{path}", patch, TestApi.Owner, ("merge-thing-patch-conditions", $$"""{"{{place}}":"gt(attributes/a,5)"}"""))).Ok(204);

        Assert.Equal("""{"attributes":{"a":1}}""", (await Api.GetAsync($"/things/{T}?fields=attributes")).Ok(200));
    }

    [Fact]
    public async Task C10_PatchCondition_AsksOnlyForWhatMayBeRead()
    {
        await MakeAsync("""{"attributes":{"a":1,"secret":1}}""");
        await GrantAsync(TestApi.Other, "\"thing:/attributes/a\":{\"grant\":[\"READ\",\"WRITE\"],\"revoke\":[]}");

        (await Api.PatchAsync($"/things/{T}/attributes/a", "2", TestApi.Other, ("merge-thing-patch-conditions", """{"attributes/a":"eq(attributes/a,1)"}"""))).Ok(204);
        (await Api.PatchAsync($"/things/{T}/attributes/a", "3", TestApi.Other, ("merge-thing-patch-conditions", """{"attributes/a":"eq(attributes/secret,1)"}""")))
            .Error(412, "things:condition.failed");
    }

    [Fact]
    public async Task C10_PatchConditions_LeaveOutWhatDoesNotHold()
    {
        await MakeAsync("""{"attributes":{"a":1,"b":1,"c":1,"d":1}}""");
        const string Conditions =
            """{"attributes/a":"eq(attributes/a,1)","attributes/b":"gt(attributes/b,5)","attributes/c":"exists(attributes/x)","attributes/d":"lt(attributes/d,5)"}""";

        (await Api.PatchAsync($"/things/{T}", """{"attributes":{"a":2,"b":2,"c":2,"d":2}}""", TestApi.Owner, ("merge-thing-patch-conditions", Conditions))).Ok(204);

        Assert.Equal("""{"a":2,"b":1,"c":1,"d":2}""", (await Api.GetAsync($"/things/{T}/attributes")).Ok(200));
    }

    [Fact]
    public async Task C11_PatchWithAPattern_TakesAllThatMatch()
    {
        await MakeAsync("""{"attributes":{"2023-01":1,"2023-02":2,"2024-01":3}}""");

        (await PatchAsync("/attributes", """{"{{ /2023.*/ }}":null}""")).Ok(204);

        Assert.Equal("""{"2024-01":3}""", (await Api.GetAsync($"/things/{T}/attributes")).Ok(200));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(?=a)a")]
    [InlineData("(a)\\\\1")]
    public async Task Patch_PatternThatCannotBeUsed_IsRefused(string pattern)
    {
        await MakeAsync("""{"attributes":{"a":1}}""");

        (await PatchAsync("/attributes", "{\"{{ /" + pattern + "/ }}\":null}")).Error(400, "things:merge.invalid");
    }

    private Task<ApiAnswer> PatchAsync(string path, string patch) => Api.PatchAsync($"/things/{T}{path}", patch);
}
