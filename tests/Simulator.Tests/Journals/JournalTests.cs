using Leda.Harness.Protocol.Messaging;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Journals;

public sealed class JournalTests
{
    private static readonly TimeSpan _net = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Follow_AsEntriesCome_SeesEachOnce_AndEndsWithTheJournal()
    {
        var journal = Open();
        var following = FollowAsync(journal);

        for (var i = 0; i < 3; i++)
            await journal.ObserveAsync(Publish($"t/{i}"));
        await journal.DisposeAsync();

        Assert.Equal(["t/0", "t/1", "t/2"], await following.WaitAsync(_net, RealTime.Provider));
    }

    [Fact]
    public async Task Snapshot_BeyondTheCapacity_KeepsTheNewestAndCountsTheForgotten()
    {
        await using var journal = Open(capacity: 3);
        for (var i = 0; i < 5; i++)
            await journal.ObserveAsync(Publish($"t/{i}"));
        await journal.SettleAsync();

        Assert.Equal((5, 2), (journal.Next, journal.Forgotten));
        Assert.Equal([2L, 3, 4], journal.Snapshot().Select(e => e.Sequence));
        Assert.Equal("t/4", Assert.Single(journal.Snapshot(from: 4)).Topic);
    }

    [Fact]
    public async Task Observe_FasterThanTheReferee_LetsEverybodyInAndRecordsEverything()
    {
        await using var journal = Open(capacity: 100_000);
        var publishers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++)
                await journal.ObserveAsync(Publish("edge/thing/response"));
        }));

        await Task.WhenAll(publishers).WaitAsync(_net, RealTime.Provider);
        await journal.SettleAsync().WaitAsync(_net, RealTime.Provider);

        Assert.Equal(20_000, journal.Next);
        Assert.All(journal.Snapshot(), entry => Assert.Equal(Verdict.Error, entry.Judgement.Verdict));
    }

    [Fact]
    public async Task First_NothingMatches_GivesUpWhenTheTimeIsUp()
    {
        var time = new FakeTimeProvider();
        await using var journal = Open(time: time);
        var waiting = journal.FirstAsync(e => e.Topic == "wanted", 0, TimeSpan.FromSeconds(10));

        await journal.ObserveAsync(Publish("other"));
        await journal.SettleAsync();
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Null(await waiting.WaitAsync(_net, RealTime.Provider));
    }

    [Fact]
    public async Task Defect_OfTheReferee_ComesOutEverywhereAndNobodyWaitsForEver()
    {
        var journal = Open();
        var following = FollowAsync(journal);
        await journal.ObserveAsync(Publish("good"));
        await journal.ObserveAsync(Publish(null!)); // no broker says this; it makes the referee throw

        Assert.Equal(["good"], await following.WaitAsync(_net, RealTime.Provider));
        await AssertDefectAsync(journal.SettleAsync());
        await AssertDefectAsync(journal.ObserveAsync(Publish("next")).AsTask());
        await AssertDefectAsync(journal.DisposeAsync().AsTask());
    }

    private static Leda.Harness.Simulator.Journal.Journal Open(TimeProvider? time = null, int capacity = 100) =>
        new(new ConversationReferee(new MessageReferee(new SchemaCatalogue())), time ?? RealTime.Provider, capacity);

    private static async Task AssertDefectAsync(Task task)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => task.WaitAsync(_net, RealTime.Provider));
        Assert.IsType<NullReferenceException>(error.InnerException ?? error);
    }

    private static async Task<List<string>> FollowAsync(Leda.Harness.Simulator.Journal.Journal journal)
    {
        var seen = new List<string>();
        await foreach (var entry in journal.FollowAsync())
            seen.Add(entry.Topic);
        return seen;
    }

    private static BusObservation Publish(string topic) => new(BusObservationKind.Publish, "someone", topic);
}
