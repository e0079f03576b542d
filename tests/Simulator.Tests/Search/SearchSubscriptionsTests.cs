using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Search;

public sealed class SearchSubscriptionsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<Envelope> _told = [];
    private readonly ThingStore _things;
    private readonly SearchSubscriptions _session;

    public SearchSubscriptionsTests()
    {
        var policies = new PolicyStore(_time);
        _things = new ThingStore(_time, new IdSource(1), policies);
        _session = new SearchSubscriptions(_things, Caller.Of("test:u1"), _time, envelope =>
        {
            _told.Add(envelope);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public async Task J16_Request_GivesAtMostSoManyPagesAndTheEnd()
    {
        Make(5);

        await SendAsync("subscribe", """{"filter":"exists(attributes/n)","options":"size(2),sort(-thingId)"}""", "thingId");
        Assert.Equal(["created 0"], Told());
        await SendAsync("request", """{"subscriptionId":"0","demand":2}""");
        Assert.Equal(["next 0 t:4,t:3", "next 0 t:2,t:1"], Told());
        await SendAsync("request", """{"subscriptionId":"0","demand":7}""");
        Assert.Equal(["next 0 t:0", "complete 0"], Told());
        await SendAsync("request", """{"subscriptionId":"0","demand":1}""");

        Assert.Equal(["failed 0 thing-search:subscription.not.found"], Told());
    }

    [Fact]
    public async Task J16_Cancel_EndsInSilence()
    {
        Make(5);
        await SendAsync("subscribe", """{"options":"size(1)"}""");
        await SendAsync("request", """{"subscriptionId":"0","demand":1}""");
        _told.Clear();

        await SendAsync("cancel", """{"subscriptionId":"0"}""");
        _time.Advance(OpenSubscriptions<SearchSubscription>.Patience);

        Assert.Empty(_told);
    }

    [Fact]
    public async Task Subscribe_NothingMatches_IsCompleteOnTheFirstRequest()
    {
        Make(1);
        await SendAsync("subscribe", """{"namespaces":["other"]}""");
        await SendAsync("subscribe", "{}");
        await SendAsync("request", """{"subscriptionId":"0","demand":1}""");

        Assert.Equal(["created 0", "created 1", "complete 0"], Told());
    }

    [Theory]
    [InlineData("""{"filter":"eq(foo,1)"}""", "rql.expression.invalid")]
    [InlineData("""{"options":"limit(0,5)"}""", "thing-search:search.option.invalid")]
    [InlineData("""{"options":"size(201)"}""", "thing-search:search.option.invalid")]
    public async Task Subscribe_BadSearch_FailsOnTheFirstRequest(string value, string error)
    {
        await SendAsync("subscribe", value);
        Assert.Equal(["created 0"], Told());

        await SendAsync("request", """{"subscriptionId":"0","demand":1}""");

        Assert.Equal([$"failed 0 {error}"], Told());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public async Task Request_NoPages_Fails(int demand)
    {
        await SendAsync("subscribe", "{}");
        await SendAsync("request", $$"""{"subscriptionId":"0","demand":{{demand}}}""");

        Assert.Equal(["created 0", "failed 0 thing-search:subscription.protocol.error"], Told());
    }

    [Fact]
    public async Task Idle_ForAMinute_Fails()
    {
        Make(3);
        await SendAsync("subscribe", """{"options":"size(1)"}""");
        _time.Advance(TimeSpan.FromSeconds(59));
        await SendAsync("request", """{"subscriptionId":"0","demand":1}""");
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(["created 0", "next 0 t:0"], Told());

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["failed 0 thing-search:subscription.timeout"], Told());
    }

    [Theory]
    [InlineData("subscribe", """{"filter":1}""", "json.invalid")]
    [InlineData("subscribe", """{"namespaces":"a"}""", "json.invalid")]
    [InlineData("subscribe", "[]", "json.invalid")]
    [InlineData("request", """{"demand":1}""", "json.field.missing")]
    [InlineData("request", """{"subscriptionId":"0"}""", "json.field.missing")]
    [InlineData("request", """{"subscriptionId":"0","demand":1.5}""", "json.invalid")]
    [InlineData("cancel", "{}", "json.field.missing")]
    [InlineData("look", "{}", "protocoladapter:unknown.command")]
    public async Task Command_OfBadShape_IsRefused(string action, string value, string error)
    {
        Assert.Equal(error, (await TakeAsync(action, value, null))?.Error);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Subscribe_TooOften_IsRefused()
    {
        for (var i = 0; i < OpenSubscriptions<SearchSubscription>.Most; i++)
            await SendAsync("subscribe", "{}");

        Assert.Equal("too.many.requests", (await TakeAsync("subscribe", "{}", null))?.Error);
    }

    [Fact]
    public async Task WhatIsTold_BearsTheCorrelationOfItsSubscribe()
    {
        await SendAsync("subscribe", "{}");
        await SendAsync("request", """{"subscriptionId":"0","demand":1}""");

        Assert.All(_told, e => Assert.Equal("of-subscribe", e.Headers.CorrelationId));
        Assert.Equal(["_/_/things/twin/search/created", "_/_/things/twin/search/complete"], _told.Select(e => e.Topic));
    }

    [Fact]
    public async Task Next_HasNothingOfThingsThatMayNotBeRead()
    {
        Make(1);
        _things.Execute(Create("t:foreign", "{}") with { Caller = Caller.Of("test:u2") });

        await SendAsync("subscribe", "{}");
        await SendAsync("request", """{"subscriptionId":"0","demand":1}""");

        Assert.Equal(["created 0", "next 0 t:0", "complete 0"], Told());
    }

    public void Dispose() => _session.Dispose();

    private static TwinCommand Create(string id, string thing) =>
        new(ThingId.Parse(id), "create", ResourcePath.Thing, JsonText.Parse(thing), DittoHeaders.Empty) { Caller = Caller.Of("test:u1") };

    private void Make(int count)
    {
        for (var n = 0; n < count; n++)
            Assert.Null(_things.Execute(Create($"t:{n}", "{\"attributes\":{\"n\":" + n + "}}")).Error);
    }

    private async Task SendAsync(string action, string value, string? fields = null) => Assert.Null(await TakeAsync(action, value, fields));

    private ValueTask<DittoError?> TakeAsync(string action, string value, string? fields)
    {
        var topic = new TopicPath(ThingId.Any, TopicPath.TwinChannel, Criterion.Search, action);
        return _session.TakeAsync(topic, new Envelope
        {
            Topic = topic.ToString(),
            Path = "/",
            Value = JsonText.Parse(value),
            Fields = fields,
            Headers = DittoHeaders.Of($"of-{action}"),
        });
    }

    /// <summary>What was told since the last look, in short.</summary>
    private List<string> Told()
    {
        var told = _told.ConvertAll(e =>
        {
            var value = e.Value!.Value;
            var text = $"{e.Topic.Split('/')[^1]} {value.GetProperty("subscriptionId").GetString()}";
            if (value.TryGetProperty("items", out var items))
                text += " " + string.Join(',', items.EnumerateArray().Select(i => i.GetProperty("thingId").GetString()));
            return value.TryGetProperty("error", out var error) ? $"{text} {error.GetProperty("error").GetString()}" : text;
        });
        _told.Clear();
        return told;
    }
}
