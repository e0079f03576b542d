using System.Diagnostics;
using System.Threading.Channels;
using Leda.Harness.Hosting;

namespace Leda.Harness.Tests.Hosting;

public sealed class VirtualWorldTests
{
    [Fact]
    public void Run_AnHourOfWaiting_PassesAtOnceAndOnTheClock()
    {
        var watch = Stopwatch.StartNew();

        var passed = VirtualWorld.Run(async clock =>
        {
            var start = clock.GetUtcNow();
            for (var i = 0; i < 60; i++)
                await Task.Delay(TimeSpan.FromMinutes(1), clock);
            return clock.GetUtcNow() - start;
        });

        Assert.Equal(TimeSpan.FromHours(1), passed);
        Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), "waiting should take no real time");
    }

    [Fact]
    public void Run_TimersOfOneInstant_FireInTheOrderInWhichTheyWereSet()
    {
        var order = VirtualWorld.Run(async clock =>
        {
            var seen = new List<int>();
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                await Task.Delay(TimeSpan.FromSeconds(i % 2), clock);
                seen.Add(i);
            }));
            return seen;
        });

        Assert.Equal([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19], order);
    }

    [Fact]
    public void Run_PeriodicTimerThatIsDisposed_FiresNoMore()
    {
        var ticks = VirtualWorld.Run(async clock =>
        {
            var count = 0;
            await using (clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)))
                await Task.Delay(TimeSpan.FromSeconds(5.5), clock);
            await Task.Delay(TimeSpan.FromSeconds(5), clock);
            return count;
        });

        Assert.Equal(5, ticks);
    }

    [Fact]
    public void Run_EveryoneWaitsForever_IsAnErrorAndNoHang()
    {
        var e = Assert.Throws<InvalidOperationException>(() =>
            VirtualWorld.Run(async _ => await Channel.CreateUnbounded<int>().Reader.ReadAsync()));

        Assert.Contains("stands still", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MainThrows_ThrowsTheSame() => Assert.Throws<FormatException>(() => VirtualWorld.Run<int>(async clock =>
    {
        await Task.Delay(TimeSpan.FromSeconds(1), clock);
        throw new FormatException();
    }));

    [Fact]
    public void Run_SomethingLeavesTheThread_IsAnErrorOfItsOwn()
    {
        var e = Assert.Throws<InvalidOperationException>(() => VirtualWorld.Run(async clock =>
        {
            var source = new TaskCompletionSource<int>();
            var thread = new Thread(() => source.SetResult(1));
            await using var timer = clock.CreateTimer(
                _ =>
                {
                    thread.Start();
                    thread.Join();
                },
                null,
                TimeSpan.FromSeconds(1),
                Timeout.InfiniteTimeSpan);
            return await source.Task;
        }));

        Assert.DoesNotContain("stands still", e.Message, StringComparison.Ordinal);
    }
}
