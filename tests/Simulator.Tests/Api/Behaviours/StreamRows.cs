using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Api.Behaviours;

/// <summary>Section K of Ditto's behaviours: server-sent events.</summary>
public sealed class StreamRows : Rows
{
    private const string Read = """{"grant":["READ"],"revoke":[]}""";

    [Fact]
    public async Task K01_Change_IsOneEventWithNothingButWhatChanged()
    {
        await MakeAsync("""{"attributes":{"a":1},"features":{"f":{"properties":{"p":1,"q":2}}}}""");
        using var stream = await Api.StreamAsync("/things");

        await PutAsync("/features/f/properties/p", "42");
        await Api.PatchAsync($"/things/{T}", """{"attributes":{"a":null,"b":{"c":2}}}""");
        await Api.DeleteAsync($"/things/{T}/features/f");
        await Api.PutAsync($"/things/{T}", """{"attributes":{"d":3}}""");

        Assert.Equal("{\"thingId\":\"" + T + "\",\"features\":{\"f\":{\"properties\":{\"p\":42}}}}", await stream.NextAsync());
        Assert.Equal($$$$"""{"thingId":"{{{{T}}}}","attributes":{"b":{"c":2}}}""", await stream.NextAsync());
        Assert.Equal($$"""{"thingId":"{{T}}"}""", await stream.NextAsync());
        Assert.Equal($$$"""{"thingId":"{{{T}}}","policyId":"{{{T}}}","attributes":{"d":3}}""", await stream.NextAsync());
    }

    [Fact]
    public async Task K01_Things_AreChosenByIdsNamespacesOrPath()
    {
        await MakeAsync();
        var other = Api.NewId();
        await Api.PutAsync($"/things/{other}");
        await Api.PutAsync("/things/far:away");
        using var byId = await Api.StreamAsync($"/things?ids={T},a:b");
        using var byNamespace = await Api.StreamAsync("/things?namespaces=far,near");
        using var byPath = await Api.StreamAsync($"/things/{other}");

        foreach (var thing in new[] { T, other, "far:away" })
            (await Api.PutAsync($"/things/{thing}/attributes/last", "true")).Ok(201);
        await Api.PutAsync("/things/far:away/attributes/last", "false");
        foreach (var thing in new[] { T, other })
            (await Api.PutAsync($"/things/{thing}/attributes/last", "false")).Ok(204);

        foreach (var (stream, thing) in new[] { (byId, T), (byNamespace, "far:away"), (byPath, other) })
        {
            Assert.Equal($$$"""{"thingId":"{{{thing}}}","attributes":{"last":true}}""", await stream.NextAsync());
            Assert.Equal($$$"""{"thingId":"{{{thing}}}","attributes":{"last":false}}""", await stream.NextAsync());
        }
    }

    [Fact]
    public async Task K01_PartOfAThing_IsABareValue()
    {
        await MakeAsync("""{"features":{"f":{"properties":{"p":1}}}}""");
        using var stream = await Api.StreamAsync($"/things/{T}/features/f/properties/p");

        await PutAsync("/attributes/a", "1", 201);
        await PutAsync("/features/f/properties/p", "42");
        await PutAsync("/features/f", """{"properties":{"p":{"x":1},"q":2}}""");

        Assert.Equal("42", await stream.NextAsync());
        Assert.Equal("""{"x":1}""", await stream.NextAsync());
    }

    [Fact]
    public async Task K02_ChangeOutsideTheFields_IsNoEvent()
    {
        await MakeAsync("""{"features":{"f":{"properties":{"matching":1,"other":1}}}}""");
        using var stream = await Api.StreamAsync("/things?fields=features/f/properties/matching");

        await PutAsync("/features/f/properties/other", "2");
        await PutAsync("/features/f/properties/matching", "3");

        Assert.Equal("""{"features":{"f":{"properties":{"matching":3}}}}""", await stream.NextAsync());
    }

    [Fact]
    public async Task K02_ContextAndRevision_AreThereForWhoSelectsThem()
    {
        await MakeAsync();
        using var stream = await Api.StreamAsync("/things?fields=thingId,_revision,_context/topic,_context(path,value,headers/correlation-id)");

        await Api.PutAsync($"/things/{T}/attributes/a", "5", TestApi.Owner, ("correlation-id", "c-1"));

        Assert.Equal(
            $$$$"""{"thingId":"{{{{T}}}}","_revision":2,"_context":{"topic":"{{{{T.Replace(':', '/')}}}}/things/twin/events/created","headers":{"correlation-id":"c-1"},"path":"/attributes/a","value":5}}""",
            await stream.NextAsync());
    }

    [Fact]
    public async Task K03_Filter_LetsThroughWhatMatches()
    {
        await MakeAsync("""{"features":{"f":{"properties":{"p":0}}}}""");
        using var stream = await Api.StreamAsync("/things?filter=ge(features/f/properties/p,20)&fields=features");

        foreach (var value in new[] { "10", "20", "30", "40" })
            await PutAsync("/features/f/properties/p", value);

        foreach (var value in new[] { "20", "30", "40" })
            Assert.Equal("{\"features\":{\"f\":{\"properties\":{\"p\":" + value + "}}}}", await stream.NextAsync());
    }

    [Theory]
    [InlineData("/things?filter=ge(attributes/a", "rql.expression.invalid")]
    [InlineData("/things?extraFields=attributes(", "json.fieldselector.invalid")]
    [InlineData("/things?fields=attributes(", "json.fieldselector.invalid")]
    [InlineData("/things?from-historical-revision=1", "header.notsupported")]
    [InlineData("/things?ids=nocolon", "things:id.invalid")]
    [InlineData("/things/nocolon", "things:id.invalid")]
    [InlineData("/things/a:b/attributes//x", "json.pointer.invalid")]
    [InlineData("/search/things?filter=eq(", "rql.expression.invalid")]
    [InlineData("/search/things?option=limit(0,1)", "thing-search:search.option.invalid")]
    public async Task K03_BadRequest_IsRefusedBeforeTheStream(string path, string error) =>
        (await Api.GetAsync(path, TestApi.Owner, ("Accept", "text/event-stream"))).Error(400, error);

    [Fact]
    public async Task K04_ExtraFields_AreFilteredAndSent()
    {
        await MakeAsync("""{"attributes":{"a":1,"on":false}}""");
        using var stream = await Api.StreamAsync("/things?filter=eq(attributes/on,true)&extraFields=attributes/on,_revision");

        await PutAsync("/attributes/a", "2");
        await PutAsync("/attributes/on", "true");
        await PutAsync("/attributes/a", "3");

        Assert.Equal($$$"""{"thingId":"{{{T}}}","attributes":{"on":true},"_revision":3}""", await stream.NextAsync());
        Assert.Equal($$$"""{"thingId":"{{{T}}}","attributes":{"on":true,"a":3},"_revision":4}""", await stream.NextAsync());
    }

    [Fact]
    public async Task K05_SilenceForASecond_IsAHeartbeat()
    {
        var clock = new FakeTimeProvider();
        await using var api = await TestApi.StartAsync(clock: clock);
        using var stream = await api.StreamAsync("/things");

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new EventReader.Event(""), await stream.AnyAsync());
    }

    [Fact]
    public async Task K06_Search_StreamsAllAndGoesOnBehindTheLast()
    {
        for (var n = 0; n < 60; n++)
            (await Api.PutAsync($"/things/many:t{n:00}", "{\"attributes\":{\"n\":" + (n % 7) + "}}")).Ok(201);
        using var all = await Api.StreamAsync("/search/things?fields=attributes&filter=exists(attributes/n)");
        using var rest = await Api.StreamAsync("/search/things", TestApi.Owner, ("Last-Event-ID", "many:t57"));
        var events = await all.RestAsync();
        Assert.Equal(["many:t58", "many:t59"], (await rest.RestAsync()).Select(e => e.Id));
        (await Api.DeleteAsync("/things/many:t57")).Ok(204);
        using var gone = await Api.StreamAsync("/search/things", TestApi.Owner, ("Last-Event-ID", "many:t57"));
        using var sorted = await Api.StreamAsync("/search/things?option=size(3),sort(-attributes/n)", TestApi.Owner, ("Last-Event-ID", "many:t42"));

        Assert.Equal(Enumerable.Range(0, 60).Select(n => $"many:t{n:00}"), events.Select(e => e.Id));
        Assert.Equal("""{"attributes":{"n":3}}""", events[3].Data);
        Assert.Equal(["many:t58", "many:t59"], (await gone.RestAsync()).Select(e => e.Id));
        Assert.Equal(["many:t49", "many:t56"], (await sorted.RestAsync()).Select(e => e.Id));
        (await Api.GetAsync("/search/things?option=sort(-attributes/n)", TestApi.Owner, ("Accept", "text/event-stream"), ("Last-Event-ID", "many:t57")))
            .Error(400, "header.invalid");
    }

    [Fact]
    public async Task Stream_HasNothingThatItsReaderMayNotRead()
    {
        await MakeAsync("""{"attributes":{"open":1,"secret":1}}""");
        await GrantAsync(TestApi.Other, "\"thing:/attributes/open\":" + Read);
        using var stream = await Api.StreamAsync("/things?fields=attributes,_context/value&extraFields=attributes", TestApi.Other);
        using var filtered = await Api.StreamAsync("/things?filter=eq(attributes/secret,2)", TestApi.Other);

        await PutAsync("/attributes/secret", "2");
        await PutAsync("/attributes", """{"open":3,"secret":2}""");
        await GrantAsync("third", "\"thing:/\":" + Read);
        (await Api.PutAsync($"/policies/{T}/entries/{TestApi.Other}/resources/thing:/attributes/secret", Read)).Ok(201);
        await PutAsync("/attributes/secret", "2");

        Assert.Equal("""{"attributes":{"open":3},"_context":{"value":{"open":3}}}""", await stream.NextAsync());
        Assert.Equal($$$"""{"thingId":"{{{T}}}","attributes":{"secret":2}}""", await filtered.NextAsync());
    }

    [Theory]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/*")]
    public async Task Stream_IsNotMeant_UnlessNamed(string accept)
    {
        await MakeAsync();

        Assert.Equal("application/json", (await Api.GetAsync($"/things/{T}", TestApi.Owner, ("Accept", accept))).Header("Content-Type"));
    }

    [Fact]
    public async Task Messages_AreTheirPayloadsNamedBySubject()
    {
        await MakeAsync();
        using var thing = await Api.StreamAsync($"/things/{T}/outbox/messages");
        using var feature = await Api.StreamAsync($"/things/{T}/features/f/inbox/messages/set/speed");

        await SendAsync("/inbox/messages/other", "1");
        await SendAsync("/features/f/outbox/messages/other", "1");
        await SendAsync("/outbox/messages/json", """{"a":1}""");
        await SendAsync("/outbox/messages/a/text", "two\nlines", "text/plain");
        await SendAsync("/outbox/messages/binary", "plain", "application/octet-stream");
        await SendAsync("/features/f/inbox/messages/set", "1");
        await SendAsync("/features/f/inbox/messages/set/speed", "2");

        Assert.Equal(new EventReader.Event("""{"a":1}""", "json"), await thing.EventAsync());
        Assert.Equal(new EventReader.Event("two\nlines", "a/text"), await thing.EventAsync());
        Assert.Equal(new EventReader.Event("plain", "binary"), await thing.EventAsync());
        Assert.Equal(new EventReader.Event("2", "set/speed"), await feature.EventAsync());
    }

    [Fact]
    public async Task Messages_AreForThoseWhoMayReadThem()
    {
        await MakeAsync();
        await GrantAsync(TestApi.Other, "\"message:/outbox/messages/open\":" + Read);
        using var stream = await Api.StreamAsync($"/things/{T}/outbox/messages", TestApi.Other);

        await SendAsync("/outbox/messages/secret", "1");
        await SendAsync("/outbox/messages/open", "2");

        Assert.Equal("2", await stream.NextAsync());
    }

    [Fact]
    public async Task SlowReader_GetsWhatWaitedAndAnErrorAtTheEnd_AndOthersAreTold()
    {
        await MakeAsync();
        var ear = new ErrorEar();
        Api.Cloud.Signals.Subscribe(ear);
        using var stream = await Api.StreamAsync("/things");
        var command = new TwinCommand(
            ThingId.Parse(T), "modify", ResourcePath.Parse("/attributes/a"),
            JsonText.String(new string('x', 20_000)), DittoHeaders.Empty)
        { Caller = Caller.Harness };

        var sent = 0;
        while (ear.Heard is null && sent++ < 30_000)
            Assert.Null(Api.Cloud.Things.Execute(command).Error);

        Assert.Equal("gateway:sse.signals.dropped", ear.Heard);
        var events = await stream.RestAsync();
        Assert.Equal("error", events[^1].Name);
        Assert.Contains("\"gateway:sse.signals.dropped\"", events[^1].Data, StringComparison.Ordinal);
        Assert.Equal(sent, events.Count); // all but the one too many, and the error
        Assert.All(events[..^1], e => Assert.Null(e.Name));
    }

    [Fact]
    public async Task OpenStream_EndsWithTheApi()
    {
        await using var api = await TestApi.StartAsync();
        using var stream = await api.StreamAsync("/things");

        await api.DisposeAsync();

        await Assert.ThrowsAnyAsync<IOException>(async () => Assert.Empty(await stream.RestAsync()));
    }

    private async Task PutAsync(string path, string value, int status = 204) => (await Api.PutAsync($"/things/{T}{path}", value)).Ok(status);

    private async Task SendAsync(string path, string payload, string contentType = "application/json") =>
        (await Api.PostAsync($"/things/{T}{path}?timeout=0", payload, TestApi.Owner, ("Content-Type", contentType))).Ok(202);

    private sealed class ErrorEar : ISignalSubscriber
    {
        private volatile string? _heard;

        public string? Heard => _heard;

        public void Take(Signal signal)
        {
            if (signal.Topic.Criterion == Criterion.Errors)
                _heard ??= signal.Envelope.Value?.GetProperty("error").GetString();
        }
    }
}
