using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Leda.Harness.Device.Tests.Control;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Golden;

/// <summary>Recording 10: a container's life by <c>kanto-cm</c>. Our verbs end as the recorded ones did, and the device says the same.</summary>
public sealed class CommandLineConversationTests
{
    private const string RecordedId = "387b9ab7-680a-4cb5-99fc-a868b375f108";

    [Fact]
    public async Task Conversation_AsRecorded_SameResultsAndMessages()
    {
        var seen = new Tap();
        var broker = new InMemoryBroker(seen);
        await using var device = await ControlledDevice.StartAsync(new ScriptedEngine { Says = ["hello from busybox"] }, broker);
        var cloud = broker.Create(new BusOptions { ClientId = "cloud" });
        await cloud.ConnectAsync(TestContext.Current.CancellationToken);
        await seen.SubscribedAsync(EdgeTopics.ThingResponse);
        await cloud.PublishAsync(BusMessage.Of(EdgeTopics.ThingResponse, World.Identity), TestContext.Current.CancellationToken);
        await seen.SubscribedAsync(World.CommandFilter);
        await SettleAsync();
        var (recorded, ours) = (new Normalizer(), new Normalizer());
        var id = "";

        foreach (var step in Step.Load())
        {
            seen.Forget();
            device.Advance(TimeSpan.FromSeconds(1));
            var arguments = step.Command.Replace(RecordedId, id).Split(' ');
            var outcome = await device.RunAsync(arguments[0], arguments[1..]);
            await SettleAsync();
            if (arguments[0] == "create")
                id = outcome.Output.TrimEnd('\n');

            Assert.Equal(step.Code, outcome.Code);
            Compare(arguments[0], step.Output.Replace(RecordedId, id), (outcome.Code == 0 ? outcome.Output : outcome.Errors).TrimEnd('\n'));
            Assert.Equal(Lanes(step.Messages, recorded), Lanes(seen.Messages, ours));
        }

        // The answer to a command comes after all that was said before.
        async Task SettleAsync()
        {
            var answered = seen.AnswerAsync();
            await cloud.PublishAsync(BusMessage.Of(
                $"command//{World.Thing}/req/r/any",
                """{"topic":"dummy-namespace/dummy-gateway:dummy-device-id:edge:containers/things/live/messages/any","headers":{"correlation-id":"c","response-required":true},"path":"/features/None/inbox/messages/any"}"""));
            await answered;
        }
    }

    private static void Compare(string verb, string recorded, string ours)
    {
        if (verb == "get")
            CompareDocuments(recorded, ours);
        else if (verb == "logs")

            // The original loses the first line of a log that is shorter than what is asked for: here the first run's.
            Assert.Equal([LineOf(recorded), LineOf(recorded)], ours.Split('\n').Select(LineOf));
        else
            Assert.Equal(recorded, ours);
    }

    private static (string?, string?, int) LineOf(string line)
    {
        var json = JsonElement.Parse(line);
        Assert.EndsWith("Z", json.GetProperty("time").GetString(), StringComparison.Ordinal);
        return (json.GetProperty("stream").GetString(), json.GetProperty("log").GetString(), json.EnumerateObject().Count());
    }

    /// <summary>The recording has the first 1,500 characters; the paths and the networks are those of the machine.</summary>
    private static void CompareDocuments(string recorded, string ours)
    {
        var known = recorded.Split('\n').TakeWhile(line => !line.Contains("\"network_settings\"", StringComparison.Ordinal)).Select(Comparable).ToList();
        Assert.True(known.Count > 40);
        Assert.Equal(known, ours.Split('\n').Take(known.Count).Select(Comparable));
        Assert.StartsWith("   \"network_settings\": ", ours.Split('\n')[known.Count], StringComparison.Ordinal);

        static string Comparable(string line) => line.Contains("_path\":", StringComparison.Ordinal) ? line.Split(':')[0] : line;
    }

    private static List<string> Lanes(IEnumerable<Message> messages, Normalizer normalizer) =>
        [.. messages.OrderBy(m => m.Lane, StringComparer.Ordinal).Select(m => $"{m.Lane}: {normalizer.Normalize(m)}")];

    /// <summary>A command, what it came to, and what the device said meanwhile and until the next one.</summary>
    private sealed record Step(string Command, List<Message> Messages)
    {
        private const string Prompt = "$ kanto-cm ";

        public int Code { get; private set; }

        public string Output { get; private set; } = "";

        public static List<Step> Load()
        {
            var steps = new List<Step>();
            foreach (var json in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "recordings", "10-cli-lifecycle.ndjson")).Select(line => JsonElement.Parse(line)))
            {
                if (!json.TryGetProperty("note", out var note))
                    steps[^1].Messages.Add(new Message(
                        json.GetProperty("topic").GetString()!, json.GetProperty("payload").GetString()!, json.GetProperty("qos").GetInt32(),
                        json.GetProperty("retain").GetBoolean()));
                else if (note.GetString()!.StartsWith(Prompt, StringComparison.Ordinal))
                    steps.Add(new Step(note.GetString()![Prompt.Length..], []));
                else
                    (steps[^1].Code, steps[^1].Output) = (note.GetString()![3] - '0', note.GetString()![9..]);
            }

            return steps;
        }
    }

    private sealed class Tap : IBusTap
    {
        private readonly Lock _gate = new();
        private readonly List<Message> _messages = [];
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _subscribed = new(StringComparer.Ordinal);
        private TaskCompletionSource _answer = new();

        /// <summary>Waits until the device hears what is published there.</summary>
        public Task SubscribedAsync(string topic) => WaitAsync(Subscribed(topic).Task);

        public List<Message> Messages
        {
            get
            {
                lock (_gate)
                    return [.. _messages];
            }
        }

        public void Forget()
        {
            lock (_gate)
                _messages.Clear();
        }

        public Task AnswerAsync()
        {
            _answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return WaitAsync(_answer.Task);
        }

        public ValueTask ObserveAsync(BusObservation observation)
        {
            if (observation.Kind == BusObservationKind.Subscribe)
                Subscribed(observation.Topic).TrySetResult();
            if (observation.Kind != BusObservationKind.Publish || observation.ClientId == "cloud")
                return ValueTask.CompletedTask;
            if (observation.Topic.Contains("/res/", StringComparison.Ordinal))
            {
                _answer.SetResult();
                return ValueTask.CompletedTask;
            }

            lock (_gate)
                _messages.Add(new Message(observation.Topic, Encoding.UTF8.GetString(observation.Payload.Span), (int)observation.Qos, observation.Retain));
            return ValueTask.CompletedTask;
        }

        private TaskCompletionSource Subscribed(string topic) =>
            _subscribed.GetOrAdd(topic, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        private static Task WaitAsync(Task task) => task.WaitAsync(TimeSpan.FromSeconds(60), RealTime.Provider, TestContext.Current.CancellationToken);
    }
}
