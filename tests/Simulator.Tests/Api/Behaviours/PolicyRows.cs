namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>Section E of Ditto's behaviours: policies and what they enforce; and L04.</summary>
public sealed class PolicyRows : Rows
{
    private const string All = """{"grant":["READ","WRITE"],"revoke":[]}""";

    [Fact]
    public async Task E01_ImplicitPolicy_GivesItsMakerEverything()
    {
        await MakeAsync();

        Assert.Equal(
            """{"DEFAULT":{"subjects":{"nginx:ditto":{"type":"generated"}},"resources":{"thing:/":ALL,"policy:/":ALL,"message:/":ALL},"importable":"implicit"}}"""
                .Replace("ALL", All, StringComparison.Ordinal).Replace(",\"importable\":\"implicit\"", "", StringComparison.Ordinal),
            (await Api.GetAsync($"/policies/{T}")).Json.GetProperty("entries").GetRawText().Replace(",\"importable\":\"implicit\"", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task E02_Policy_LivesAndDies()
    {
        var policy = Policy("nginx:ditto");

        (await Api.PutAsync($"/policies/{T}", policy)).Ok(201);
        (await Api.PutAsync($"/policies/{T}", policy)).Ok(204);
        Assert.Equal(T, (await Api.GetAsync($"/policies/{T}")).Json.GetProperty("policyId").GetString());
        (await Api.DeleteAsync($"/policies/{T}")).Ok(204);
        (await Api.GetAsync($"/policies/{T}")).Error(404, "policies:policy.notfound");
        (await Api.GetAsync("/policies/nocolon")).Error(400, "policies:id.invalid");
    }

    [Fact]
    public async Task E03_Entry_LivesAndDies()
    {
        await MakeAsync();
        var entry = $$$"""{"subjects":{"nginx:x":{"type":"t"}},"resources":{"thing:/":{{{All}}}}}""";

        (await Api.GetAsync($"/policies/{T}/entries/L")).Error(404, "policies:entry.notfound");
        var created = await Api.PutAsync($"/policies/{T}/entries/L", entry);
        created.Ok(201);
        Assert.EndsWith($"/policies/{T}/entries/L", created.Header("Location"), StringComparison.Ordinal);
        (await Api.PutAsync($"/policies/{T}/entries/L", entry)).Ok(204);
        (await Api.DeleteAsync($"/policies/{T}/entries/L")).Ok(204);
    }

    [Fact]
    public async Task E04_LockingEverybodyOut_IsRefused()
    {
        await MakeAsync();

        (await Api.DeleteAsync($"/policies/{T}/entries/DEFAULT")).Error(403, "policies:entry.modificationinvalid");
        (await Api.PutAsync($"/policies/{T}", """{"entries":{}}""")).Error(403, "policies:policy.modificationinvalid");
    }

    [Fact]
    public async Task E05_TooLargeAPolicy_IsRefusedAlsoInline()
    {
        var large = Policy("nginx:ditto", $",\"nginx:{new string('x', 102_400)}\":{{\"type\":\"t\"}}");

        (await Api.PutAsync($"/policies/{T}", large)).Error(413, "policies:policy.toolarge");
        (await Api.PutAsync($"/things/{T}", "{\"_policy\":" + large + "}")).Error(413, "policies:policy.toolarge");
        (await Api.GetAsync($"/policies/{T}")).Ok(404);
        (await Api.GetAsync($"/things/{T}")).Ok(404);
    }

    [Fact]
    public async Task E06_InlineAndCopiedPolicy_Conflict() =>
        (await Api.PutAsync($"/things/{T}", $$"""{"_policy":{{Policy("nginx:ditto")}},"_copyPolicyFrom":"a:b"}""")).Error(400, "things:policy.conflicting");

    [Fact]
    public async Task E07_CopiedPolicy_IsACopy()
    {
        await MakeAsync();
        foreach (var from in new[] { T, $$$"""{{ ref:things/{{{T}}}/policyId }}""" })
        {
            var copy = Api.NewId();
            (await Api.PutAsync($"/things/{copy}", $$"""{"_copyPolicyFrom":"{{from}}"}""")).Ok(201);
            (await Api.GetAsync($"/policies/{copy}")).Ok(200);
        }

        await RefusedAsync("a:unknown", 404, "policies:policy.notfound");
        await RefusedAsync("{{ ref:things/a:unknown/policyId }}", 404, "things:thing.notfound");
        await RefusedAsync("{{ ref:nonsense }}", 400, "placeholder:placeholder.reference.notsupported");

        async Task RefusedAsync(string from, int status, string error) =>
            (await Api.PutAsync($"/things/{Api.NewId()}", "{\"_copyPolicyFrom\":\"" + from + "\"}")).Error(status, error);
    }

    [Fact]
    public async Task E08_ReaderOfOneAttribute_SeesThatAndTheId()
    {
        await MakeAsync("""{"attributes":{"a":1,"b":2},"features":{"f":{}}}""");
        await GrantAsync(TestApi.Other, """
            "thing:/attributes/a":{"grant":["READ"],"revoke":[]}
            """);

        Assert.Equal($$$"""{"thingId":"{{{T}}}","attributes":{"a":1}}""", (await Api.GetAsync($"/things/{T}", TestApi.Other)).Ok(200));
        (await Api.GetAsync($"/things/{T}/attributes/b", TestApi.Other)).Error(404, "things:attribute.notfound");
        Assert.Equal("1", (await Api.GetAsync($"/things/{T}/attributes/a", TestApi.Other)).Ok(200));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task E09_WriteThatIsNotGranted_IsForbidden(bool mayRead)
    {
        await MakeAsync("""{"attributes":{"a":1}}""");
        if (mayRead)
            await GrantAsync(TestApi.Other, """
            "thing:/":{"grant":["READ"],"revoke":[]}
            """);

        (await Api.PutAsync($"/things/{T}/attributes/a", "2", TestApi.Other)).Error(403, "things:attribute.notmodifiable");
        (await Api.DeleteAsync($"/things/{T}", TestApi.Other)).Error(403, "things:thing.notdeletable");
        (await Api.PutAsync($"/things/{T}", "{}", TestApi.Other)).Error(403, "things:thing.notmodifiable");
        (await Api.DeleteAsync($"/things/{T}/features/f", TestApi.Other)).Error(403, "things:feature.notmodifiable");
    }

    [Fact]
    public async Task E10_RevokeBelow_ForbidsTheWholeWrite()
    {
        await MakeAsync("""{"attributes":{"a":1,"b":1}}""");
        await GrantAsync(TestApi.Other, $$"""
            "thing:/":{{All}},"thing:/attributes/a":{"grant":[],"revoke":["WRITE"]}
            """);

        (await Api.PutAsync($"/things/{T}/attributes", "{}", TestApi.Other)).Error(403, "things:attributes.notmodifiable");
        (await Api.PutAsync($"/things/{T}/attributes/b", "2", TestApi.Other)).Ok(204);
    }

    [Fact]
    public async Task E11_ThingWhosePolicyIsGone_IsNobodys()
    {
        await MakeAsync();
        var policy = (await Api.GetAsync($"/policies/{T}")).Body;
        (await Api.DeleteAsync($"/policies/{T}")).Ok(204);

        (await Api.GetAsync($"/things/{T}")).Error(404, "things:thing.notfound");
        (await Api.PutAsync($"/things/{T}")).Error(403, "things:thing.notmodifiable");
        (await Api.PutAsync($"/policies/{T}", policy)).Ok(201);
        (await Api.GetAsync($"/things/{T}")).Ok(200);
    }

    [Fact]
    public async Task L04_CheckPermissions_TellsWhatMayBeDone()
    {
        await MakeAsync("""{"features":{"lamp":{}}}""");
        await GrantAsync(TestApi.Other, """
            "thing:/features/lamp":{"grant":["READ"],"revoke":[]}
            """);
        var ask = """
            {"read":{"resource":"thing:/features/lamp/properties/on","entityId":"T","hasPermissions":["READ"]},
             "write":{"resource":"thing:/features/lamp/properties/on","entityId":"T","hasPermissions":["WRITE"]},
             "unknown":{"resource":"thing:/","entityId":"a:unknown","hasPermissions":["READ"]}}
            """.Replace("\"T\"", $"\"{T}\"", StringComparison.Ordinal);

        Assert.Equal("""{"read":true,"write":false,"unknown":false}""", (await Api.PostAsync("/checkPermissions", ask, TestApi.Other)).Ok(200));
        (await Api.PostAsync("/checkPermissions", """{"k":{"resource":"thing:/","entityId":"bad","hasPermissions":["READ"]}}""")).Ok(400);
        (await Api.PostAsync("/checkPermissions", """{"k":{"resource":"nonsense:/","entityId":"a:b","hasPermissions":["READ"]}}""")).Ok(400);
    }

    private static string Policy(string subject, string moreSubjects = "") =>
        "{\"entries\":{\"o\":{\"subjects\":{\"" + subject + "\":{\"type\":\"t\"}" + moreSubjects + "},\"resources\":{\"thing:/\":" + All + ",\"policy:/\":" + All + "}}}}";
}
