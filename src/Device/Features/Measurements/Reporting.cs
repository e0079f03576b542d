using System.Text.Json;
using Leda.Harness.Device.Agent;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Features.Measurements;

/// <summary>
/// Tells every so often what the containers use, until it is disposed of or the features are registered anew
/// (<c>kanto-container-management.md</c> 1.8). Nobody waits for it, so that its end cannot block anything (HAZARD in 3.3); a turn that
/// comes while the last one is still measuring is left out.
/// </summary>
internal sealed class Reporting : IDisposable
{
    // Timers of .NET end at seven weeks; periods do not.
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private readonly TimeSpan _period;
    private readonly MeasurementFilter _filter;
    private readonly Surroundings _around;
    private readonly int _registration;
    private readonly long _started;
    private readonly ITimer _timer;
    private TimeSpan _due;
    private Dictionary<string, Sample> _samples = new(StringComparer.Ordinal);
    private int _measuring;
    private bool _leftOut;
    private volatile bool _ended;

    /// <param name="period">From one message to the next.</param>
    /// <param name="filter">What is told.</param>
    /// <param name="around">What it needs.</param>
    public Reporting(TimeSpan period, MeasurementFilter filter, Surroundings around)
    {
        _period = _due = period;
        _filter = filter;
        _around = around;
        _registration = around.Outbox.Registration;
        _started = around.Time.GetTimestamp();
        _timer = around.Time.CreateTimer(_ => Turn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What all reportings share.</summary>
    /// <param name="Containers">Are measured.</param>
    /// <param name="Outbox">Says what is to be said.</param>
    /// <param name="Time">The clock.</param>
    /// <param name="Log">For people.</param>
    public sealed record Surroundings(ContainerManager Containers, Outbox Outbox, TimeProvider Time, Action<string> Log);

    private bool IsOver => _ended || _around.Outbox.Registration != _registration;

    /// <summary>Takes a first sample, so that the first message can tell the use of processors, and says it one period later.</summary>
    public void Begin()
    {
        Measure(say: false);
        Wait(TimeSpan.Zero);
    }

    /// <summary>Nothing is said any more, not even what is being measured.</summary>
    public void Dispose()
    {
        _ended = true;
        _timer.Dispose();
    }

    private void Turn()
    {
        if (IsOver)
        {
            Dispose();
            return;
        }

        var now = _around.Time.GetElapsedTime(_started);
        if (now >= _due)
        {
            _due = now - _due < _period ? _due + _period : now + _period;
            Measure(say: true);
        }

        Wait(now);
    }

    private void Wait(TimeSpan now)
    {
        var wait = _due - now < _longestWait ? _due - now : _longestWait;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private void Measure(bool say)
    {
        if (Interlocked.Exchange(ref _measuring, 1) == 0)
            _ = MeasureAsync(say);
        else if (!_leftOut)
        {
            _leftOut = true;
            _around.Log($"metrics are left out: measuring takes longer than {_period}, ask for them less often");
        }
    }

    private async Task MeasureAsync(bool say)
    {
        try
        {
            var snapshot = await SnapshotAsync();
            var at = _around.Time.GetUtcNow().ToUnixTimeSeconds();
            if (say && snapshot.Count > 0)
                await _around.Outbox.MentionAsync(thing => IsOver ? null : Message(thing, new MetricsData { Snapshot = snapshot, Timestamp = at }));
        }
        finally
        {
            Volatile.Write(ref _measuring, 0);
        }
    }

    /// <summary>What is to be told of all containers that have a process. They are measured at the same time.</summary>
    private async Task<List<OriginatorMeasurements>> SnapshotAsync()
    {
        var measured = _around.Containers.Containers
            .Where(c => c.HasProcess && _filter.Wants(ContainerFeature.Id(c.Id)))
            .Select(c => (Container: c, Usage: MeasureAsync(c)))
            .ToList();
        var samples = new Dictionary<string, Sample>(StringComparer.Ordinal);
        var snapshot = new List<OriginatorMeasurements>();
        foreach (var (container, measuring) in measured)
        {
            if (await measuring is not { } usage)
                continue;
            var (originator, run) = (ContainerFeature.Id(container.Id), container.State.StartedAt);
            var before = _samples.TryGetValue(container.Id, out var last) && last.Run == run ? last.Usage : null;
            samples[container.Id] = new Sample(run, usage);
            if (Measurements.Of(usage, before).Where(m => _filter.Wants(originator, m.Id)).ToList() is { Count: > 0 } wanted)
                snapshot.Add(new OriginatorMeasurements { Originator = originator, Measurements = wanted });
        }

        _samples = samples;
        return snapshot;
    }

    private async Task<ResourceUsage?> MeasureAsync(Container container)
    {
        try
        {
            return await _around.Containers.MeasureAsync(container.Id);
        }
        catch (ContainerException)
        {
            return null; // Removed meanwhile.
        }
        catch (Exception e) // One container that cannot be measured must not silence the others.
        {
            _around.Log($"container {container.Id} could not be measured: {e.Message}");
            return null;
        }
    }

    private static Envelope Message(ThingId thing, MetricsData data) => new()
    {
        Topic = TopicPath.LiveMessage(thing, "data").ToString(),
        Headers = DittoHeaders.Of(responseRequired: false, contentType: DittoHeaders.JsonContentType),
        Path = new MessagePath(Metrics.FeatureId, MessageDirection.Outbox, "data").ToString(),
        Value = JsonSerializer.SerializeToElement(data, KantoJson.Default.MetricsData),
    };

    /// <param name="Run">When the process that was measured was started.</param>
    /// <param name="Usage">What it used.</param>
    private readonly record struct Sample(string? Run, ResourceUsage Usage);
}
