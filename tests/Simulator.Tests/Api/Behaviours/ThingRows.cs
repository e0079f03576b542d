using Leda.Harness.Simulator.Api;

namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>Section A of Ditto's behaviours: things, their ids and lists.</summary>
public sealed class ThingRows : Rows
{
    [Fact]
    public async Task A01_PostThing_GetsAnIdAndItsOwnPolicy()
    {
        var answer = await Api.PostAsync("/things");

        answer.Ok(201);
        var id = answer.Json.GetProperty("thingId").GetString()!;
        Assert.StartsWith("org.eclipse.ditto:", id, StringComparison.Ordinal);
        Assert.Equal(id, answer.Json.GetProperty("policyId").GetString());
        Assert.EndsWith($"/things/{id}", Uri.UnescapeDataString(answer.Header("Location")!), StringComparison.Ordinal);
        Assert.Equal("\"rev:1\"", answer.Header("etag"));
    }

    [Fact]
    public async Task A02_PostThingWithAnId_IsRefused() =>
        (await Api.PostAsync("/things", $$"""{"thingId":"{{T}}"}""")).Error(400, "things:id.notsettable");

    [Fact]
    public async Task A03_PutThing_IsCreatedWhereItWasPut()
    {
        var answer = await Api.PutAsync($"/things/{T}?correlation-id=c");

        Assert.Equal($$"""{"thingId":"{{T}}","policyId":"{{T}}"}""", answer.Ok(201));
        Assert.Equal($"{Api.Url.GetLeftPart(UriPartial.Authority)}/api/2/things/{T}", answer.Header("Location"));
    }

    [Fact]
    public async Task A04_PutThingAgain_IsARevision()
    {
        await MakeAsync();

        Assert.Empty((await Api.PutAsync($"/things/{T}")).Ok(204));
        Assert.Equal("""{"_revision":2}""", (await Api.GetAsync($"/things/{T}?fields=_revision")).Ok(200));
    }

    [Fact]
    public async Task A05_PutThingWithAnotherId_IsRefused()
    {
        await MakeAsync();

        (await Api.PutAsync($"/things/{T}", """{"thingId":"a:b"}""")).Error(400, "things:id.notsettable");
    }

    [Theory]
    [InlineData("nocolon")]
    [InlineData("1ns:name")]
    [InlineData("ns.:name")]
    [InlineData("ns:")]
    [InlineData("ns:%01")]
    [InlineData("ns:caf%C3%A9")]
    public async Task A06_PutThingWithABadId_IsRefused(string id) =>
        (await Api.PutAsync($"/things/{id}")).Error(400, "things:id.invalid");

    [Fact]
    public async Task A07_UnknownThing_IsNotFound()
    {
        (await Api.GetAsync($"/things/{T}")).Error(404, "things:thing.notfound");
        (await Api.DeleteAsync($"/things/{T}")).Error(404, "things:thing.notfound");
    }

    [Theory]
    [InlineData("/attributes/a", "1")]
    [InlineData("/features/f", "{}")]
    [InlineData("/features/f/properties/p", "1")]
    [InlineData("/policyId", "\"a:b\"")]
    public async Task A08_PartOfADeletedThing_IsNotFound(string path, string value)
    {
        await MakeAsync();
        (await Api.DeleteAsync($"/things/{T}")).Ok(204);

        (await Api.PutAsync($"/things/{T}{path}", value)).Error(404, "things:thing.notfound");
    }

    [Fact]
    public async Task A09_ThingOfSomebodyElse_IsNotFound()
    {
        await MakeAsync();

        (await Api.GetAsync($"/things/{T}", TestApi.Other)).Error(404, "things:thing.notfound");
    }

    [Fact]
    public async Task A10_ThingAndPolicyDeleted_CanBeMadeAgain()
    {
        await MakeAsync();
        (await Api.DeleteAsync($"/things/{T}")).Ok(204);
        (await Api.DeleteAsync($"/policies/{T}")).Ok(204);

        (await Api.PutAsync($"/things/{T}")).Ok(201);
    }

    [Fact]
    public async Task A11_ThingDeletedButNotItsPolicy_CanBeMadeAgainOnlyWithThatPolicy()
    {
        await MakeAsync();
        (await Api.DeleteAsync($"/things/{T}")).Ok(204);

        (await Api.PutAsync($"/things/{T}")).Error(400, "things:thing.notcreatable");
        (await Api.PutAsync($"/things/{T}", $$"""{"policyId":"{{T}}"}""")).Ok(201);
    }

    [Fact]
    public async Task A12_ListById_HasWhatIsThereInThatOrder()
    {
        await MakeAsync();
        var second = Api.NewId();
        await Api.PutAsync($"/things/{second}");
        var unknown = Api.NewId();

        var list = await Api.GetAsync($"/things?ids={second},{T},{unknown}&fields=thingId");

        Assert.Equal($$"""[{"thingId":"{{second}}"},{"thingId":"{{T}}"}]""", list.Ok(200));
        Assert.Equal("[]", (await Api.GetAsync($"/things?ids={unknown}")).Ok(200));
        (await Api.GetAsync("/things?ids=")).Ok(400);
    }

    [Fact]
    public async Task A13_List_HasWhatIsReadable()
    {
        await MakeAsync();
        var foreign = Api.NewId();
        await Api.PutAsync($"/things/{foreign}", "{}", TestApi.Other);

        Assert.Equal($$"""[{"thingId":"{{T}}"}]""", (await Api.GetAsync("/things?fields=thingId")).Ok(200));
    }

    [Fact]
    public async Task A14_Fields_SelectExactlyThoseParts()
    {
        await MakeAsync("""{"attributes":{"a":1,"b":2,"c":3}}""");

        var some = await Api.GetAsync($"/things/{T}?fields=thingId,attributes(a,b),_revision,_policy");

        Assert.Equal(["thingId", "attributes", "_revision", "_policy"], some.Json.EnumerateObject().Select(m => m.Name));
        Assert.Equal("""{"a":1,"b":2}""", some.Json.GetProperty("attributes").GetRawText());
        Assert.True(some.Json.GetProperty("_policy").TryGetProperty("entries", out _));
        Assert.DoesNotContain("\"_", (await Api.GetAsync($"/things/{T}")).Ok(200), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A15_FieldsOfFeatures_HaveAWildcard()
    {
        await MakeAsync("""{"features":{"f1":{"properties":{"p":1,"q":2}},"f2":{"properties":{"q":3}}}}""");

        Assert.Equal("""{"f1":{"properties":{"p":1}}}""", (await Api.GetAsync($"/things/{T}/features?fields=*/properties/p")).Ok(200));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"a":1,"a":2}""")]
    public async Task A16_NoJson_IsRefused(string body) => (await Api.PutAsync($"/things/{T}", body)).Error(400, "json.invalid");

    [Fact]
    public async Task A17_TooLargeAThing_IsRefused()
    {
        var large = new string('x', 102_400);
        (await Api.PutAsync($"/things/{T}", "{\"attributes\":{\"a\":\"" + large + "\"}}")).Error(413, "things:thing.toolarge");
        await MakeAsync("{\"attributes\":{\"a\":\"" + large[..60_000] + "\"}}");

        (await Api.PutAsync($"/things/{T}/features/f", "{\"properties\":{\"p\":\"" + large[..60_000] + "\"}}")).Error(413, "things:thing.toolarge");
        Assert.Equal("""{"_revision":1}""", (await Api.GetAsync($"/things/{T}?fields=_revision")).Ok(200));
    }

    [Fact]
    public async Task A18_TooLargeHeaders_AreRefused() =>
        (await Api.PutAsync($"/things/{T}", "{}", TestApi.Owner, ("x-correlation-id", new string('c', 6_000)))).Error(431, "headers.too.large");

    [Fact]
    public async Task A19_HeaderGivenTwice_IsRefused()
    {
        var answer = await RawHttp.AskAsync(
            Api.Url, $"PUT /api/2/things/{T} HTTP/1.1", "Authorization: Basic ZGl0dG86ZGl0dG8=", "x-correlation-id: a", "x-correlation-id: b", "Content-Length: 2", "", "{}");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("gateway:duplicate.header.field", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A20_Answer_HasTheCorrelationAndNoForeignHeader()
    {
        var answer = await Api.PutAsync($"/things/{T}", "{}", TestApi.Owner, ("correlation-id", "c"), ("Referer", "http://x/"), ("Set-Cookie", "a=b"));

        answer.Ok(201);
        Assert.Equal(("c", "\"rev:1\""), (answer.Header("correlation-id"), answer.Header("etag")));
        Assert.False(answer.Headers.ContainsKey("Referer") || answer.Headers.ContainsKey("Set-Cookie"));
    }

    [Theory]
    [InlineData("GET", "/things//x")]
    [InlineData("PUT", "/things//x")]
    [InlineData("DELETE", "/things//")]
    [InlineData("PATCH", "/things/{T}/features//x")]
    public async Task A21_SlashesAreNeverMerged(string method, string path)
    {
        await MakeAsync();

        (await Api.SendAsync(method, path.Replace("{T}", T, StringComparison.Ordinal), "{}", TestApi.Owner, ("Content-Type", "application/merge-patch+json"))).Ok(404);
    }

    [Fact]
    public async Task A22_FeatureIdOfOddCharacters_IsReadBackPercentEncoded()
    {
        const string Odd = """!\"#$%&'()*+,:;=?@[]{|} aZ0""";
        await MakeAsync();
        (await Api.PutAsync($"/things/{T}/features/{Uri.EscapeDataString(Odd)}", """{"properties":{"p":1}}""")).Ok(201);

        Assert.Equal("1", (await Api.GetAsync($"/things/{T}/features/{Uri.EscapeDataString(Odd)}/properties/p")).Ok(200));
        Assert.Equal(Odd, (await Api.GetAsync($"/things/{T}/features")).Json.EnumerateObject().Single().Name);
    }

    [Theory]
    [InlineData("/api/1/things")]
    [InlineData("/api/3/things/a:b")]
    public async Task A23_OtherVersion_IsNotSupported(string path) => (await Api.GetAsync(path)).Error(404, "api.version.notsupported");

    [Fact]
    public async Task A24_NoCredentials_AreRefused() =>
        (await Api.SendAsync("GET", "/things", null, null)).Error(401, "gateway:authentication.failed");

    [Fact]
    public async Task Pre_AuthenticatedBySomebodyElse_IsBelievedOnlyWhenSwitchedOn()
    {
        await using var open = await TestApi.StartAsync(new ApiOptions { PreAuthenticated = true });
        (string, string) header = ("x-ditto-pre-authenticated", "issuer:one, issuer:two");

        Assert.Equal("""{"defaultSubject":"issuer:one","subjects":["issuer:one","issuer:two"]}""", (await open.SendAsync("GET", "/whoami", null, null, header)).Ok(200));
        (await Api.SendAsync("GET", "/whoami", null, null, header)).Ok(401);
    }
}
