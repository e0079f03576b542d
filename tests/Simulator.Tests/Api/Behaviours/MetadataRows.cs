using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;

namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>The metadata part of section L of Ditto's behaviours.</summary>
public sealed class MetadataRows : Rows
{
    private const string Lamp = """{"features":{"lamp":{"properties":{"color":{"r":1,"g":2}}}}}""";
    private const string Said = """{"by":"me"}""";

    [Fact]
    public async Task L01_PutMetadata_IsStoredAtItsPointer()
    {
        (await Api.PutAsync($"/things/{T}", Lamp, TestApi.Owner, Put("/features/lamp/properties/color/r/meta"))).Ok(201);
        (await Api.PutAsync($"/things/{T}", Lamp, TestApi.Owner, Put("features/lamp/properties/color/g/meta"))).Ok(204);

        Assert.Equal(
            """{"_metadata":{"features":{"lamp":{"properties":{"color":{"r":{"meta":{"by":"me"}},"g":{"meta":{"by":"me"}}}}}}}}""",
            await MetadataAsync());
    }

    [Theory]
    [InlineData("PUT", "/features/lamp/properties/color/r", "7", "/meta")]
    [InlineData("PATCH", "/features/lamp/properties/color/r", "7", "meta")]
    [InlineData("PATCH", "/features/lamp/properties", """{"color":{"r":7,"gone":null}}""", "*/meta")]
    [InlineData("PATCH", "", """{"features":{"lamp":{"properties":{"color":{"r":7}}}}}""", "*/meta")]
    [InlineData("PUT", "/features/lamp/properties/color/r", "7", "*/meta")]
    public async Task L01_Key_IsSeenFromWhatIsChanged(string method, string path, string value, string key)
    {
        await MakeAsync(Lamp);

        await (method == "PUT"
            ? Api.PutAsync($"/things/{T}{path}", value, TestApi.Owner, Put(key))
            : Api.PatchAsync($"/things/{T}{path}", value, TestApi.Owner, Put(key)));

        Assert.Equal("""{"_metadata":{"features":{"lamp":{"properties":{"color":{"r":{"meta":{"by":"me"}}}}}}}}""", await MetadataAsync());
    }

    [Fact]
    public async Task L01_LeafWildcard_IsAtEveryLeaf()
    {
        await MakeAsync(Lamp);

        (await Api.PutAsync($"/things/{T}", Lamp, TestApi.Owner, Put("*/meta"))).Ok(204);

        Assert.Equal(
            """{"_metadata":{"thingId":{"meta":{"by":"me"}},"policyId":{"meta":{"by":"me"}},"features":{"lamp":{"properties":{"color":{"r":{"meta":{"by":"me"}},"g":{"meta":{"by":"me"}}}}}}}}""",
            await MetadataAsync());
    }

    [Theory]
    [InlineData("", """{"features":{"a":{"properties":{"x":1}},"b":{"properties":{"y":2}}}}""", "features/*/properties/*/meta")]
    [InlineData("/features", """{"a":{"properties":{"x":1}},"b":{"properties":{"y":2}}}""", "*/properties/*/meta")]
    public async Task L01_Wildcard_IsAtEveryMember(string path, string value, string key)
    {
        await MakeAsync();

        Assert.InRange((await Api.PutAsync($"/things/{T}{path}", value, TestApi.Owner, Put(key))).Status, 201, 204);

        Assert.Equal(
            """{"_metadata":{"features":{"a":{"properties":{"x":{"meta":{"by":"me"}}}},"b":{"properties":{"y":{"meta":{"by":"me"}}}}}}}""",
            await MetadataAsync());
    }

    [Fact]
    public async Task L01_InlineMetadata_IsKeptOnCreation()
    {
        await MakeAsync("""{"_metadata":{"attributes":{"a":{"unit":"W"}}},"attributes":{"a":1}}""");
        (await Api.PutAsync($"/things/{T}/attributes/a", "2")).Ok(204);

        Assert.Equal("""{"_metadata":{"attributes":{"a":{"unit":"W"}}}}""", await MetadataAsync());
    }

    [Theory]
    [InlineData("DELETE", "/features/lamp/properties/color", null)]
    [InlineData("PUT", "/features/lamp/properties", "{}")]
    [InlineData("PATCH", "/features/lamp", """{"properties":{"color":null}}""")]
    public async Task L01_Metadata_GoesWithItsPart(string method, string path, string? value)
    {
        (await Api.PutAsync($"/things/{T}", Lamp, TestApi.Owner, Put("/features/lamp/properties/color/r/meta"))).Ok(201);

        var headers = method == "PATCH" ? [("Content-Type", "application/merge-patch+json")] : Array.Empty<(string, string)>();
        (await Api.SendAsync(method, $"/things/{T}{path}", value, TestApi.Owner, headers)).Ok(204);

        Assert.Equal("""{"_metadata":{"features":{"lamp":{"properties":{}}}}}""", await MetadataAsync());
    }

    [Theory]
    [InlineData("", "/features/lamp/properties/*/r/meta", """{"features":{"lamp":{"properties":{"color":{"r":{"meta":{"by":"mé"}}}}}}}""")]
    [InlineData("", "features/lamp/properties/color", """{"features":{"lamp":{"properties":{"color":{"r":{"meta":{"by":"mé"}},"g":{"unit":1}}}}}}""")]
    [InlineData("", "*/unit", """{"features":{"lamp":{"properties":{"color":{"g":{"unit":1}}}}}}""")]
    [InlineData("/features/lamp/properties/color", "*", """{"r":{"meta":{"by":"mé"}},"g":{"unit":1}}""")]
    [InlineData("", "attributes/a", "{}")]
    [InlineData("/features/lamp/properties/color", "r,g/unit", """{"r":{"meta":{"by":"mé"}},"g":{"unit":1}}""")]
    public async Task L01_GetMetadata_IsAHeaderOfTheAnswer(string path, string keys, string expected)
    {
        await MakeAsync("""{"features":{"lamp":{"properties":{"color":{"r":1,"g":2}}}},"_metadata":{"features":{"lamp":{"properties":{"color":{"r":{"meta":{"by":"mé"}},"g":{"unit":1}}}}}}}""");

        var answer = await Api.GetAsync($"/things/{T}{path}", TestApi.Owner, ("get-metadata", keys));

        answer.Ok(200);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(answer.Header("ditto-metadata")!)), answer.Header("ditto-metadata"));
    }

    [Theory]
    [InlineData("/features/lamp/properties/color/r", "meta", """{"features":{"lamp":{"properties":{"color":{"r":{},"g":{"unit":1}}}}}}""")]
    [InlineData("/attributes", "*", """{"features":{"lamp":{"properties":{"color":{"r":{"meta":2},"g":{"unit":1}}}}}}""")]
    [InlineData("/features/lamp/properties/color", "*/unit,r", """{"features":{"lamp":{"properties":{"color":{"g":{}}}}}}""")]
    public async Task L01_DeleteMetadata_TakesItAway(string path, string keys, string expected)
    {
        await MakeAsync("""{"features":{"lamp":{"properties":{"color":{"r":1,"g":2}}}},"_metadata":{"features":{"lamp":{"properties":{"color":{"r":{"meta":2},"g":{"unit":1}}}}}}}""");

        Assert.InRange((await Api.PatchAsync($"/things/{T}{path}", path.EndsWith("/r", StringComparison.Ordinal) ? "3" : "{}", TestApi.Owner, ("delete-metadata", keys))).Status, 201, 204);

        Assert.Equal($$"""{"_metadata":{{expected}}}""", await MetadataAsync());
    }

    [Fact]
    public async Task L01_Event_TellsOfMetadata_AndOnlyOfWhatMayBeRead()
    {
        await MakeAsync("""{"attributes":{"a":1,"b":2}}""");
        await GrantAsync(TestApi.Other, "\"thing:/attributes/a\":{\"grant\":[\"READ\"],\"revoke\":[]}");
        var ears = new Ears();
        Api.Cloud.Signals.Subscribe(ears);

        (await Api.PutAsync($"/things/{T}/attributes", """{"a":3,"b":4}""", TestApi.Owner, Put("*/meta"))).Ok(204);

        var signal = Assert.Single(ears.Heard);
        Assert.Equal("""{"a":{"meta":{"by":"me"}},"b":{"meta":{"by":"me"}}}""", signal.Envelope.Metadata!.Value.GetRawText());
        var other = Api.Cloud.Things.Access.Of(signal.Thing!, Caller.Of("nginx:other"));
        Assert.True(Subscription.TryRead(new Dictionary<string, string>(), out var subscription, out _));
        var seen = Envelope.Parse(subscription.Serve(signal, other, default)!);
        Assert.Equal(("""{"a":3}""", """{"a":{"meta":{"by":"me"}}}"""), (seen.Value!.Value.GetRawText(), seen.Metadata!.Value.GetRawText()));
    }

    [Fact]
    public async Task L01_Condition_SeesMetadata()
    {
        await MakeAsync("""{"attributes":{"a":1},"_metadata":{"attributes":{"a":{"unit":"W"}}}}""");

        Assert.Equal(412, (await Api.GetAsync($"/things/{T}?condition=eq(_metadata/attributes/a/unit,\"V\")")).Status);
        (await Api.GetAsync($"/things/{T}?condition=eq(_metadata/attributes/a/unit,\"W\")")).Ok(200);
        Assert.Contains(T, (await Api.GetAsync("/search/things?filter=eq(_metadata/attributes/a/unit,\"W\")")).Ok(200), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L02_InlineAndPutMetadata_AreRefusedTogether()
    {
        var answer = await Api.PostAsync("/things", """{"_metadata":{"a":1}}""", TestApi.Owner, Put("/attributes/meta"));

        answer.Error(400, "things:metadata.notmodifiable");
        Assert.Contains("Multiple occurrences of metadata per request is not allowed.", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task L02_TwoHeaders_AreRefused()
    {
        await MakeAsync();

        var answer = await Api.GetAsync($"/things/{T}", TestApi.Owner, ("get-metadata", "a"), ("delete-metadata", "a"));

        answer.Error(400, "things:metadata.headersconflict");
        Assert.Contains("Multiple metadata headers were specified.", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("put-metadata", """[{"key":"features/*/properties/*/*/meta","value":1}]""")]
    [InlineData("put-metadata", """[{"key":"*","value":1}]""")]
    [InlineData("put-metadata", """[{"key":"","value":1}]""")]
    [InlineData("put-metadata", """[{"key":"a"}]""")]
    [InlineData("put-metadata", "{}")]
    [InlineData("delete-metadata", "features/*")]
    [InlineData("delete-metadata", "a//b")]
    public async Task L02_BadKey_IsRefused(string header, string value) =>
        (await Api.PutAsync($"/things/{T}", "{}", TestApi.Owner, (header, value))).Error(400, "header.invalid");

    [Fact]
    public async Task L02_Metadata_IsBounded()
    {
        var leaves = string.Join(',', Enumerable.Range(0, 400).Select(n => $"\"a{n}\":{n}"));
        var value = "[{\"key\":\"*/meta\",\"value\":\"" + new string('x', 4_000) + "\"}]";

        (await Api.PutAsync($"/things/{T}", $$$"""{"attributes":{{{{leaves}}}}}""", TestApi.Owner, ("put-metadata", value))).Error(413, "things:thing.toolarge");
    }

    private async Task<string> MetadataAsync() => (await Api.GetAsync($"/things/{T}?fields=_metadata")).Ok(200);

    private static (string Name, string Value) Put(string key) => ("put-metadata", "[{\"key\":\"" + key + "\",\"value\":" + Said + "}]");

    private sealed class Ears : ISignalSubscriber
    {
        public List<Signal> Heard { get; } = [];

        public void Take(Signal signal) => Heard.Add(signal);
    }
}
