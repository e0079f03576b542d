using System.Text;
using System.Text.Json.Nodes;
using Leda.Harness.Device.Tests.Features.Measurements;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Golden;

/// <summary>Recording 30: metrics as the original reports them, all but the measured numbers.</summary>
public sealed class GoldenMetricsTests
{
    private const string File = "30-metrics.ndjson";
    private const string Recorded = "5a317264-60ed-47ed-a8c2-6eafd16c58f6";

    [Fact]
    public void Conversation_AsRecorded_SameMessages() => World.Run(async world =>
    {
        await using var device = await world.StartRegisteredAsync();
        var running = await world.CreateAsync(start: true);
        await world.CreateAsync();
        var steps = Recording.Load(File).Steps;
        var ends = steps.Skip(1).Select(s => s.At).Append(steps[^1].At + TimeSpan.FromSeconds(5));
        foreach (var (step, end) in steps.Zip(ends))
        {
            world.Forget();
            var sent = world.Time.GetUtcNow();
            await world.SendAsync(step.Driver.Topic, step.Driver.Payload.Replace(Recorded, running, StringComparison.Ordinal));
            await world.PassSecondsAsync((int)(end - step.At).TotalSeconds);
            await world.PassAsync(TimeSpan.FromMilliseconds((end - step.At).Milliseconds));

            Assert.Equal(
                step.Device.Select(m => Comparable(m.Topic, m.Payload, (int)m.Qos, m.Retain, step.At)),
                world.Published.Select(o => Comparable(o.Topic, Encoding.UTF8.GetString(o.Payload.Span), (int)o.Qos, o.Retain, sent)
                    .Replace(running, Recorded, StringComparison.Ordinal)));
        }
    });

    [Fact]
    public void Recording_DataMessages_AreThereToBeCompared() =>
        Assert.Equal([3, 0, 2, 0, 0, 0, 0, 0, 0, 0], Recording.Load(File).Steps.Select(s => s.Device.Count(m => m.Payload.Contains("snapshot", StringComparison.Ordinal))));

    /// <summary>The message with zeros for measured numbers, and the seconds since it was asked for as its time.</summary>
    private static string Comparable(string topic, string payload, int qos, bool retain, DateTimeOffset asked)
    {
        var json = JsonNode.Parse(payload)!;
        if (json["value"] is JsonObject value && value.ContainsKey("snapshot"))
        {
            value["timestamp"] = (long)value["timestamp"]! - asked.ToUnixTimeSeconds();
            foreach (var measurement in value["snapshot"]!.AsArray().SelectMany(o => o!["measurements"]!.AsArray()))
            {
                Assert.InRange((double)measurement!["value"]!, 0, 1e15);
                measurement["value"] = 0;
            }
        }

        return $"{topic} qos={qos} retain={retain} {json.ToJsonString()}";
    }
}
