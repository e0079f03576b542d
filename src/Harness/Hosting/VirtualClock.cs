namespace Leda.Harness.Hosting;

/// <summary>
/// A clock that stands still until it is told to go on to the next timer. Timers fire one at a time, in the order of their instants, those of
/// the same instant in the order in which they were set.
/// </summary>
internal sealed class VirtualClock : TimeProvider
{
    private readonly PriorityQueue<VirtualTimer, (DateTimeOffset Due, long Order)> _timers = new();
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _order;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on to the next timer and fires it; <see langword="false"/> if there is none.</summary>
    public bool AdvanceToNextTimer()
    {
        while (_timers.TryDequeue(out var timer, out var at))
        {
            if (timer.Order != at.Order)
                continue;
            if (at.Due > _now)
                _now = at.Due;
            timer.Fire();
            return true;
        }

        return false;
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        /// <summary>Which setting of this timer counts; older ones still stand in the queue and are passed over.</summary>
        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Order = ++clock._order;
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock._timers.Enqueue(this, (clock._now + dueTime, Order));
            return true;
        }

        public void Fire()
        {
            Order = 0;
            if (_period > TimeSpan.Zero)
                Change(_period, _period);
            callback(state);
        }

        public void Dispose() => Order = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
