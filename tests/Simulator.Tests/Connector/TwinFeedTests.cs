using System.Text;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Connector;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Connector;

public sealed class TwinFeedTests
{
    private const string Device = "ns:dev";
    private readonly SignalList _told = [];
    private readonly ThingStore _things;
    private readonly TwinFeed _feed;

    public TwinFeedTests()
    {
        var signals = new SignalHub();
        signals.Subscribe(_told);
        _things = new ThingStore(new FakeTimeProvider(), new IdSource(1), new PolicyStore(RealTime.Provider), signals.Publish);
        _feed = new TwinFeed(_things, signals);
    }

    [Fact]
    public async Task Apply_WholeThingThatIsNew_IsOneRevision()
    {
        await ApplyAsync("ns/dev/things/twin/commands/create", "/", "{}");

        var created = Assert.Single(_told);
        Assert.Equal(("ns/dev/things/twin/events/created", 1), (created.Topic, created.Revision));
    }

    [Fact]
    public async Task Apply_FeatureOfAThingThatIsNew_MakesTheThingFirst()
    {
        await ApplyAsync("ns/dev:child/things/twin/commands/modify", "/features/x", "{}");

        Assert.Equal([("/", 1), ("/features/x", 2)], _told.Select(t => (t.Path, t.Revision!.Value)));
    }

    [Theory]
    [InlineData("ns/dev2")]
    [InlineData("ns/other")]
    public async Task Apply_ThingOfAnotherDevice_IsRefusedWithTheCommandsCorrelation(string thing)
    {
        await ApplyAsync($"{thing}/things/twin/commands/modify", "/features/x", "{}");

        var refusal = Assert.Single(_told);
        Assert.Equal((403, "c-1", $"{thing}/things/twin/errors"), (refusal.Status, refusal.Headers.CorrelationId, refusal.Topic));
        Assert.Null(_things.Find(ThingId.Parse(thing.Replace('/', ':'))));
    }

    [Theory]
    [InlineData("ns/dev/things/live/commands/modify", "")]
    [InlineData("ns/dev/things/twin/events/modified", "")]
    [InlineData("ns/dev/things/twin/commands/modify", ",\"status\":204")]
    public async Task Apply_WhatIsNoCommandToATwin_ChangesNothing(string topic, string more)
    {
        await ApplyAsync(topic, "/features/x", "{}", more);

        Assert.Empty(_told);
        Assert.Null(_things.Find(ThingId.Parse("ns:dev")));
    }

    private async ValueTask ApplyAsync(string topic, string path, string value, string more = "") => await _feed.ApplyAsync(
        Device,
        Encoding.UTF8.GetBytes($$"""{"topic":"{{topic}}","headers":{"correlation-id":"c-1"},"path":"{{path}}","value":{{value}}{{more}}}"""));

    private sealed class SignalList : List<Envelope>, ISignalSubscriber
    {
        public void Take(Signal signal) => Add(signal.Envelope);
    }
}
