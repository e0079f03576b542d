using System.Collections.Concurrent;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Outside.Kills;

/// <summary>What the broker sees of the device that is alive now, and the twin that comes of all that were.</summary>
internal sealed class Observer : IBusTap
{
    public const string Cloud = "cloud";

    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private TaskCompletionSource _asked = Source();
    private TaskCompletionSource _ready = Source();
    private TaskCompletionSource _doomed = Source();
    private TaskCompletionSource _gone = Source();
    private int _left;
    private bool _early;

    /// <summary>It asked who it is.</summary>
    public Task Asked => _asked.Task;

    /// <summary>It has registered and listens to commands.</summary>
    public Task Ready => _ready.Task;

    /// <summary>It has published as much as it may.</summary>
    public Task Doomed => _doomed.Task;

    /// <summary>It is no longer connected: nothing more will come of it.</summary>
    public Task Gone => _gone.Task;

    /// <summary>The answers of this life by correlation id.</summary>
    public ConcurrentDictionary<string, Answer> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The whole features that this life has published before it was ready, in order.</summary>
    public List<Envelope> Registered { get; } = [];

    /// <summary>The container features that the cloud has.</summary>
    public HashSet<string> Twin { get; } = new(StringComparer.Ordinal);

    /// <summary>A new life begins.</summary>
    /// <param name="publishes">After how many publishes it is <see cref="Doomed"/>.</param>
    /// <param name="early">Whether those count that come before it is ready.</param>
    public void Begin(int publishes, bool early)
    {
        lock (_gate)
        {
            (_asked, _ready, _doomed, _gone) = (Source(), Source(), Source(), Source());
            (_left, _early) = (publishes, early);
            Answers.Clear();
            Registered.Clear();
        }
    }

    /// <summary>Completes when there are so many answers, or nothing more can come.</summary>
    public Task WaitForAnswersAsync(int count)
    {
        lock (_gate)
        {
            if (Answers.Count >= count || _gone.Task.IsCompleted)
                return Task.CompletedTask;
            var reached = Source();
            _waiting.Add((count, reached));
            return reached.Task;
        }
    }

    public ValueTask ObserveAsync(BusObservation observation)
    {
        if (observation.ClientId != Cloud)
        {
            lock (_gate)
                Take(observation);
        }

        return ValueTask.CompletedTask;
    }

    private void Take(BusObservation seen)
    {
        switch (seen.Kind)
        {
            case BusObservationKind.Publish:
                Publish(seen);
                break;
            case BusObservationKind.Subscribe when seen.Topic == World.CommandFilter:
                _ready.TrySetResult();
                if (_left == 0)
                    _doomed.TrySetResult();
                break;
            case BusObservationKind.Disconnect:
                _doomed.TrySetResult();
                _gone.TrySetResult();
                _waiting.ForEach(w => w.Reached.TrySetResult());
                _waiting.Clear();
                break;
        }
    }

    private void Publish(BusObservation seen)
    {
        if (seen.Topic == EdgeTopics.ThingRequest)
            _asked.TrySetResult();
        else if (seen.Topic == World.EventTopic)
            Tell(Envelope.Parse(seen.Payload.Span));
        else if (DeviceTopic.TryParse(seen.Topic, out _, out _))
            Answers[Answer.Of(seen).Envelope.Headers.CorrelationId!] = Answer.Of(seen);
        foreach (var (_, reached) in _waiting.Where(w => Answers.Count >= w.Count))
            reached.TrySetResult();
        _waiting.RemoveAll(w => w.Reached.Task.IsCompleted);
        if ((_early || _ready.Task.IsCompleted) && --_left <= 0)
            _doomed.TrySetResult();
    }

    private void Tell(Envelope message)
    {
        var feature = message.Path["/features/".Length..];
        if (feature.Contains('/', StringComparison.Ordinal))
            return;
        if (!_ready.Task.IsCompleted)
            Registered.Add(message);
        if (ContainerFeature.ContainerOf(feature) is not { } id)
            return;
        if (message.Topic.EndsWith("/delete", StringComparison.Ordinal))
            Twin.Remove(id);
        else
            Twin.Add(id);
    }

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
