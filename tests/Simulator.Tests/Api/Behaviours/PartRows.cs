namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>Section B of Ditto's behaviours: attributes, features, properties, definitions.</summary>
public sealed class PartRows : Rows
{
    [Fact]
    public async Task B01_Attribute_IsCreatedThenChangedAndReadBare()
    {
        await MakeAsync();

        Assert.Equal("""{"x":1}""", (await PutAsync("/attributes/a", """ {"x": 1} """)).Ok(201));
        Assert.Empty((await PutAsync("/attributes/a", "\"text\"")).Ok(204));
        Assert.Equal("\"text\"", (await GetAsync("/attributes/a")).Ok(200));
    }

    [Fact]
    public async Task B02_AttributeFarDown_BringsItsParents()
    {
        await MakeAsync();

        (await PutAsync("/attributes/a/b/c", "1")).Ok(201);

        Assert.Equal("""{"a":{"b":{"c":1}}}""", (await GetAsync("/attributes")).Ok(200));
    }

    [Fact]
    public async Task B03_MissingAttributes_AreNotFound()
    {
        await MakeAsync();

        (await GetAsync("/attributes")).Error(404, "things:attributes.notfound");
        (await DeleteAsync("/attributes")).Error(404, "things:attributes.notfound");
        await PutAsync("/attributes/a", "1");
        (await GetAsync("/attributes/b")).Error(404, "things:attribute.notfound");
        (await DeleteAsync("/attributes/b")).Error(404, "things:attribute.notfound");
    }

    [Fact]
    public async Task B04_AttributePathWithTwoSlashes_IsNoPointer()
    {
        await MakeAsync();

        var answer = await PutAsync("/attributes/a//b", "1");

        answer.Error(400, "json.pointer.invalid");
        Assert.Contains("Consecutive slashes in JSON pointers are not supported", answer.Body, StringComparison.Ordinal);
        (await Api.PostAsync($"/things/{T}/attributes/a")).Ok(405);
    }

    [Fact]
    public async Task B05_AttributeOverwrittenWithNull_IsNull()
    {
        await MakeAsync("""{"attributes":{"a":1}}""");

        (await PutAsync("/attributes/a", "null")).Ok(204);

        Assert.Equal("null", (await GetAsync("/attributes/a")).Ok(200));
    }

    [Fact]
    public async Task B06_Features_AreCreatedThenChanged()
    {
        await MakeAsync();

        (await PutAsync("/features", """{"f":{}}""")).Ok(201);
        (await PutAsync("/features", """{"g":{}}""")).Ok(204);
    }

    [Fact]
    public async Task B07_Feature_IsCreatedThenChanged()
    {
        await MakeAsync();

        (await PutAsync("/features/f", "{}")).Ok(201);
        (await PutAsync("/features/f", "{}")).Ok(204);
        Assert.Equal("{}", (await GetAsync("/features/f")).Ok(200));
    }

    [Fact]
    public async Task B08_FeatureThatIsNull_IsKept()
    {
        await MakeAsync();

        (await PutAsync("/features/f", "null")).Ok(201);

        Assert.Equal("null", (await GetAsync("/features/f")).Ok(200));
    }

    [Fact]
    public async Task B09_FeatureOfAnotherType_IsRefused()
    {
        await MakeAsync();

        (await Api.PostAsync($"/things/{T}/features")).Ok(405);
        foreach (var body in new[] { "\"text\"", "[]", "{" })
            (await PutAsync("/features/f", body)).Error(400, "json.invalid");
    }

    [Fact]
    public async Task B10_FeaturesDeletedOneByOne_LeaveAnEmptyObject()
    {
        await MakeAsync("""{"features":{"f":{},"g":{}}}""");

        (await DeleteAsync("/features/f")).Ok(204);
        (await DeleteAsync("/features/g")).Ok(204);
        Assert.Equal("{}", (await GetAsync("/features")).Ok(200));
        (await DeleteAsync("/features")).Ok(204);
        (await GetAsync("/features")).Error(404, "things:features.notfound");
    }

    [Theory]
    [InlineData("/properties")]
    [InlineData("/properties/p")]
    [InlineData("/desiredProperties/p")]
    [InlineData("/definition")]
    public async Task B11_PartOfAMissingFeature_IsNotFound(string path)
    {
        await MakeAsync();

        (await GetAsync("/features/f" + path)).Error(404, "things:feature.notfound");
        (await PutAsync("/features/f" + path, path == "/definition" ? """["a:b:1"]""" : "{}")).Error(404, "things:feature.notfound");
        (await DeleteAsync("/features/f" + path)).Error(404, "things:feature.notfound");
    }

    [Theory]
    [InlineData("properties", "things:feature.properties.notfound", "things:feature.property.notfound")]
    [InlineData("desiredProperties", "things:feature.desiredProperties.notfound", "things:feature.desiredProperty.notfound")]
    public async Task B12_B13_Properties_AreCreatedThenChanged(string kind, string noneError, string oneError)
    {
        await MakeAsync("""{"features":{"f":{}}}""");

        (await GetAsync($"/features/f/{kind}")).Error(404, noneError);
        (await PutAsync($"/features/f/{kind}/p", "1")).Ok(201);
        (await PutAsync($"/features/f/{kind}/p", "2")).Ok(204);
        Assert.Equal("""{"p":2}""", (await GetAsync($"/features/f/{kind}/")).Ok(200));
        (await GetAsync($"/features/f/{kind}/q")).Error(404, oneError);
    }

    [Fact]
    public async Task B14_FeatureDefinition_LivesAndDies()
    {
        await MakeAsync("""{"features":{"f":{}}}""");

        (await PutAsync("/features/f/definition", """["ns:name:1.0"]""")).Ok(201);
        (await PutAsync("/features/f/definition", """["ns:name:1.0"]""")).Ok(204);
        Assert.Equal("""["ns:name:1.0"]""", (await GetAsync("/features/f/definition")).Ok(200));
        (await DeleteAsync("/features/f/definition")).Ok(204);
        (await GetAsync("/features/f/definition")).Error(404, "things:feature.definition.notfound");
    }

    [Fact]
    public async Task B15_BadFeatureDefinition_IsRefused()
    {
        await MakeAsync("""{"features":{"f":{}}}""");

        (await PutAsync("/features/f/definition", "[]")).Error(400, "things:feature.definition.empty");
        (await PutAsync("/features/f/definition", """["nocolon"]""")).Error(400, "things:definition.identifier.invalid");
    }

    [Fact]
    public async Task B16_Definition_LivesAndDies()
    {
        await MakeAsync();

        (await GetAsync("/definition")).Error(404, "things:definition.notfound");
        (await PutAsync("/definition", "\"ns:name:1.0\"")).Ok(201);
        (await PutAsync("/definition", "\"https://models.example/m.jsonld\"")).Ok(204);
        (await PutAsync("/definition", "\"nonsense\"")).Error(400, "things:definition.identifier.invalid");
        (await DeleteAsync("/definition")).Ok(204);
    }

    [Theory]
    [InlineData("/attributes/a%01", "1")]
    [InlineData("/attributes/a", """{"k\u007f":1}""")]
    [InlineData("/attributes/a", """[{"a/b":1}]""")]
    [InlineData("/features/f/properties/x", """{"":1}""")]
    [InlineData("/features/n%0Aw", "{}")]
    [InlineData("/features/{257}", "{}")]
    [InlineData("/attributes/{257}", "1")]
    public async Task B17_BadKey_IsRefused(string path, string value)
    {
        await MakeAsync("""{"features":{"f":{}}}""");

        (await PutAsync(path.Replace("{257}", new string('k', 257), StringComparison.Ordinal), value)).Error(400, "json.key.invalid");
    }

    [Fact]
    public async Task B18_OtherMediaType_IsUnsupported()
    {
        await MakeAsync();

        (await Api.PutAsync($"/things/{T}/attributes/a", "1", TestApi.Owner, ("Content-Type", "text/plain"))).Error(415, "mediatype.unsupported");
    }

    private Task<ApiAnswer> GetAsync(string path) => Api.GetAsync($"/things/{T}{path}");

    private Task<ApiAnswer> PutAsync(string path, string body) => Api.PutAsync($"/things/{T}{path}", body);

    private Task<ApiAnswer> DeleteAsync(string path) => Api.DeleteAsync($"/things/{T}{path}");
}
