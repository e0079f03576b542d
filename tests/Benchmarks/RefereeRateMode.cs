using System.Diagnostics;
using System.Text;
using Leda.Harness.Simulator.Broker;
using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Benchmarks;

/// <summary>
/// What judging costs: <c>referee-rate [--rounds 15] [--turns 300]</c>. First one message by itself and in a conversation; then the
/// embedded broker between a publisher and a subscriber on real sockets, with QoS 0 and with QoS 1 as devices publish, its journal without
/// and with the referee, in alternating rounds, each timed until the last message is delivered and judged. The medians count. The messages are those of 16 containers.
/// </summary>
internal static class RefereeRateMode
{
    private const int Turns = 50;

    private const string Topic = "e/tenant/foo:bar:baz:edge:containers";

    public static async Task RunAsync(string[] args)
    {
        var payloads = Enumerable.Range(0, 64).Select(Payload).ToList();
        var referee = new MessageReferee(new SchemaCatalogue());
        if (referee.Judge(Topic, payloads[0]) is not { Verdict: Verdict.Ok, Findings.Count: 0 })
            throw new InvalidOperationException("the message is not as the contract says");
        var rounds = TwinLatencyMode.Option(args, "--rounds", 15);
        Judge(rounds, payloads, referee);
        for (var qos = 0; qos <= 1; qos++)
            await CompareAsync(rounds, TwinLatencyMode.Option(args, "--turns", 300), qos, payloads, referee);
    }

    private static byte[] Payload(int number) => Encoding.UTF8.GetBytes(RefereeMode.Message
        .Replace("c2d9e0aa", $"c2d9e0{number % 16:x2}", StringComparison.Ordinal)
        .Replace("13627", $"{13600 + number}", StringComparison.Ordinal));

    private static void Judge(int rounds, List<byte[]> payloads, MessageReferee referee)
    {
        var conversation = new ConversationReferee(referee);
        Action<byte[]>[] contenders =
        [
            payload => referee.Judge(Topic, payload),
            payload => conversation.Judge(new SeenMessage(default, Topic, payload) { Who = "publisher" }),
        ];
        var times = new List<double>[] { [], [] };
        var garbage = new double[2];
        for (var round = -rounds; round < rounds; round++) // half of them warm up
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                var bytes = GC.GetAllocatedBytesForCurrentThread();
                var cpu = Environment.CpuUsage.TotalTime;
                for (var turn = 0; turn < Turns; turn++)
                    payloads.ForEach(contenders[i]);
                if (round >= 0)
                    times[i].Add((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / (Turns * payloads.Count));
                garbage[i] = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)(Turns * payloads.Count);
            }
        }

        Console.WriteLine($"one message of {payloads[0].Length} bytes: {Median(times[0]):0.00} µs of processor, {garbage[0]:0} bytes allocated; in a conversation {Median(times[1]):0.00} µs, {garbage[1]:0} bytes");
    }

    private static async Task CompareAsync(int rounds, int turns, int qos, List<byte[]> payloads, MessageReferee referee)
    {
        await using var silent = new Journal(null, Clock.Real);
        await using var judging = new Journal(new ConversationReferee(referee), Clock.Real);
        await using var without = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, Clock.Real, silent);
        await using var with = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, Clock.Real, judging);
        using var quiet = await PlainLoad.ConnectAsync(without.Port, qos, Topic, payloads);
        using var judged = await PlainLoad.ConnectAsync(with.Port, qos, Topic, payloads);
        var (off, on) = (new List<(double Rate, double Cpu)>(), new List<(double Rate, double Cpu)>());
        for (var round = -rounds; round < rounds; round++) // half of them warm up
        {
            var measured = (await MeasureAsync(quiet, silent, turns * payloads.Count), await MeasureAsync(judged, judging, turns * payloads.Count));
            if (round < 0)
                continue;
            off.Add(measured.Item1);
            on.Add(measured.Item2);
        }

        var unjudged = judging.Snapshot().Count(entry => entry.Kind == JournalKind.Publish && entry.Judgement.Verdict != Verdict.Ok);
        if (without.Lost + with.Lost + unjudged > 0)
            throw new InvalidOperationException($"lost {without.Lost} and {with.Lost}, {unjudged} not judged");
        var shares = off.Zip(on, (one, other) => other.Rate / one.Rate);
        Console.WriteLine($"broker, QoS {qos}, referee off: {Median(off.Select(one => one.Rate)):0} messages a second, {Median(off.Select(one => one.Cpu)):0.0} µs of processor each, clients included");
        Console.WriteLine($"broker, QoS {qos}, referee on:  {Median(on.Select(one => one.Rate)):0} messages a second, {Median(on.Select(one => one.Cpu)):0.0} µs");
        Console.WriteLine($"share, QoS {qos}: {Median(shares):0.0 %} (rounds of {turns * payloads.Count} messages, {rounds} each)");
    }

    private static async Task<(double Rate, double Cpu)> MeasureAsync(PlainLoad load, Journal journal, int messages)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var count = await load.RunAsync(messages);
        await journal.SettleAsync();
        return (count / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;
}
