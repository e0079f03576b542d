using System.Text.Json;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.History;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Twins;

public sealed class TwinHistoryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ThingStore _things;

    public TwinHistoryTests() => _things = new ThingStore(_time, new IdSource(1), new PolicyStore(_time));

    [Fact]
    public void Size_IsBounded_AndTheOldestChangesOfAllTwinsGoFirst()
    {
        Do("create", "t:old", "/", "{}");
        Do("modify", "t:old", "/attributes/n", "1");
        Do("create", "t:big", "/", "{}");
        var big = "\"" + new string('x', 100_000) + "\"";
        for (var n = 0; n < 100; n++)
            Do("modify", "t:big", "/attributes/n", big);

        Assert.InRange(Of("t:big").Length, 20, TwinHistory.MaxSize / 300_000);
        Assert.Equal([(2L, null)], Of("t:old").Select(e => (e.Revision, e.Action)));
        Do("modify", "t:old", "/attributes/n", "3");
        Assert.Equal([(2L, null), (3L, "modified")], Of("t:old").Select(e => (e.Revision, e.Action)));
    }

    [Fact]
    public void Changes_OfOneInstant_AreAllThere()
    {
        Do("create", "t:t", "/", "{}");
        for (var n = 2; n <= 4; n++)
            Do("modify", "t:t", "/attributes/n", $"{n}");
        Do("delete", "t:t", "/");
        Do("create", "t:t", "/", "{}");

        var range = new HistoryRange { FromTime = _time.GetUtcNow(), ToTime = _time.GetUtcNow(), FromRevision = -5, ToRevision = 0 };
        Assert.Equal(["2 created", "3 modified", "4 modified", "5 deleted", "6 created"], range.Of(Of("t:t")).Select(e => $"{e.Revision} {e.Action}"));
        Assert.Equal([1, 2, 3, 4, 5, 6], Of("t:t").Select(e => e.Revision));
    }

    [Fact]
    public async Task Subscription_ThatNothingIsRequestedOf_Expires()
    {
        Do("create", "t:t", "/", "{}");
        var told = new List<Envelope>();
        using var session = new HistorySubscriptions(_things, Caller.Harness, _time, new IdSource(2), envelope =>
        {
            told.Add(envelope);
            return ValueTask.CompletedTask;
        });
        var topic = TopicPath.Parse("t/t/things/twin/streaming/subscribeForPersistedEvents");
        var subscribe = new Envelope { Topic = topic.ToString(), Path = "/", Value = JsonElement.Parse("{}") };
        Assert.Null(await session.TakeAsync(topic, subscribe));

        _time.Advance(OpenSubscriptions<HistorySubscription>.Patience);

        Assert.Equal("t/t/things/twin/streaming/failed", told[^1].Topic);
        Assert.Equal("streaming.subscription.timeout", told[^1].Value!.Value.GetProperty("error").GetProperty("error").GetString());
        for (var n = 0; n < OpenSubscriptions<HistorySubscription>.Most; n++)
            Assert.Null(await session.TakeAsync(topic, subscribe));
        Assert.Equal("too.many.requests", (await session.TakeAsync(topic, subscribe))?.Error);
    }

    private System.Collections.Immutable.ImmutableArray<HistoryEntry> Of(string thing)
    {
        Assert.True(_things.TryReadHistory(ThingId.Parse(thing), Caller.Harness, out var history, out _));
        return history;
    }

    private void Do(string action, string thing, string path, string? value = null) => Assert.Null(_things.Execute(new TwinCommand(
        ThingId.Parse(thing), action, ResourcePath.Parse(path), value is null ? null : JsonElement.Parse(value), DittoHeaders.Empty)
    {
        Caller = Caller.Harness,
    }).Error);
}
