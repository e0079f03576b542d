using System.Text;
using Leda.Harness.Device.Tests.Support;

namespace Leda.Harness.Device.Tests.Golden;

/// <summary>What the original daemon said, ours says too: the recordings of <c>tests/Data/recordings</c>, message by message.</summary>
public sealed class GoldenConversationTests
{
    [Theory]
    [InlineData("02-edge-thing-response-first.ndjson", false)]
    [InlineData("03-edge-thing-response-repeat-identical.ndjson", true)]
    [InlineData("04-edge-thing-response-policy-change.ndjson", true)]
    [InlineData("11-mqtt-create-start-stop-remove.ndjson", true)]
    public void Conversation_AsRecorded_SameMessages(string file, bool registered) => World.Run(async world =>
    {
        var recording = Recording.Load(file);
        await using var device = registered ? await world.StartRegisteredAsync() : await world.StartDeviceAsync();
        var recorded = new Side();
        var ours = new Side();
        foreach (var step in recording.Steps)
        {
            world.Forget();
            await world.SendAsync(ours.Translate(step.Driver.Topic, recorded), ours.Translate(step.Driver.Payload, recorded));
            await world.PassAsync(TimeSpan.FromSeconds(1));

            var expected = recorded.Take(step.Device);
            var actual = ours.Take(world.Published.Select(o =>
                new Message(o.Topic, Encoding.UTF8.GetString(o.Payload.Span), (int)o.Qos, o.Retain)));
            Assert.Equal(expected, actual);
        }

        Assert.NotEmpty(recording.Steps);
    });

    /// <summary>One of the two runs that are compared.</summary>
    private sealed class Side
    {
        private readonly Normalizer _normalizer = new();
        private readonly List<string> _containers = [];

        /// <summary>The recorded driver's text, for the containers of this run.</summary>
        public string Translate(string text, Side recorded) =>
            recorded._containers.Zip(_containers).Aggregate(text, (t, pair) => t.Replace(pair.First, pair.Second));

        /// <summary>The messages, made comparable: lane by lane, each in its order.</summary>
        public string[] Take(IEnumerable<Message> messages)
        {
            var sorted = messages.GroupBy(m => m.Lane).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => g).ToList();
            _containers.AddRange(sorted.Select(m => m.CreatedContainer).OfType<string>());
            return [.. sorted.Select(m => $"{m.Lane}: {_normalizer.Normalize(m)}")];
        }
    }
}
