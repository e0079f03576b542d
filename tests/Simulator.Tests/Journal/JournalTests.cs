using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Tests.Referee;
using Signal = Leda.Harness.Simulator.Signals.Signal;

namespace Leda.Harness.Simulator.Tests.Journal;

public sealed class JournalTests
{
    private static readonly TimeSpan _net = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Observe_MoreThanItKeeps_ForgetsTheOldestAndSaysHowMany()
    {
        await using var journal = new Simulator.Journal.Journal(null, RealTime.Provider, capacity: 3);

        for (var i = 0; i < 5; i++)
            await journal.ObserveAsync(Publish($"{i}"));
        await journal.SettleAsync();

        Assert.Equal([(2, "2"), (3, "3"), (4, "4")], journal.Snapshot().Select(e => (e.Sequence, e.Topic)));
        Assert.Equal((2, 5), (journal.Forgotten, journal.Next));
    }

    [Fact]
    public async Task First_EntryArrivesWhileOthersAreLookedAt_IsFound()
    {
        await using var journal = new Simulator.Journal.Journal(null, RealTime.Provider);
        await journal.ObserveAsync(Publish("early"));
        await journal.SettleAsync();

        var found = await journal.FirstAsync(Matches, 0, TimeSpan.FromHours(1)).WaitAsync(_net, RealTime.Provider, TestContext.Current.CancellationToken);

        Assert.Equal("late", found?.Topic);

        // After the snapshot that is being looked at was taken, before the search begins to wait.
        bool Matches(JournalEntry entry)
        {
            if (entry.Topic == "late")
                return true;
            _ = journal.ObserveAsync(Publish("late")).AsTask();
            Assert.True(SpinWait.SpinUntil(() => journal.Next == 2, _net));
            return false;
        }
    }

    [Fact]
    public async Task Follow_JournalIsClosed_ComesToItsEnd()
    {
        var journal = new Simulator.Journal.Journal(null, RealTime.Provider);
        await journal.ObserveAsync(Publish("only"));
        await using var entries = journal.FollowAsync().GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await entries.MoveNextAsync());

        var next = entries.MoveNextAsync().AsTask();
        await journal.DisposeAsync();

        Assert.False(await next.WaitAsync(_net, RealTime.Provider, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Record_EventOfATwin_IsJudgedToo()
    {
        await using var journal = new Simulator.Journal.Journal(new ConversationReferee(Cloud.Referee), RealTime.Provider);

        var said = Envelope.Parse(System.Text.Encoding.UTF8.GetBytes(
            $$"""{"topic":"{{Cloud.Things}}twin/events/modified","headers":{},"path":"{{Cloud.Container}}/properties/status/state","value":{"status":"Running","pid":7},"revision":3,"timestamp":"2026-03-01T09:16:02Z"}"""));
        journal.Take(new Signal(TopicPath.Parse(said.Topic), said, null, null));
        await journal.SettleAsync();

        var entry = Assert.Single(journal.Snapshot());
        Assert.Equal((JournalKind.TwinEvent, Verdict.Error), (entry.Kind, entry.Judgement.Verdict));
    }

    private static BusObservation Publish(string topic) => new(BusObservationKind.Publish, "someone", topic);
}
