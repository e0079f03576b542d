using System.Text;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>
/// A process that does what its command line and its container's environment say, by the given clock alone. While it is frozen, clocks go
/// on but nothing happens; what was due meanwhile happens when it goes on.
/// </summary>
internal sealed class SimulatedProcess : IContainerProcess
{
    private const int KilledExitCode = 128 + 9;

    // Timers of .NET end at seven weeks.
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Behaviour _told;
    private readonly SimulatedLoad _load;
    private readonly SimulatedMachine _machine;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;
    private readonly ShellRun? _script;
    private readonly IEnumerator<TimeSpan>? _rests;
    private double? _memoryLimit;
    private TimeSpan? _outOfMemory;
    private TimeSpan _wake;
    private TimeSpan? _frozenAt;
    private TimeSpan _frozenFor;
    private bool _toldToEnd;

    public SimulatedProcess(int pid, Container container, Behaviour told, SimulatedMachine machine, TimeProvider time, IContainerLog log)
    {
        Pid = pid;
        _told = told;
        _machine = machine;
        _time = time;
        _started = time.GetTimestamp();
        _load = new SimulatedLoad(container.Id, told);
        if (ShellParser.TryParse(container.Config.Cmd, out var steps))
        {
            _script = new ShellRun(steps, echo => log.Write(echo.Stream, Encoding.UTF8.GetBytes($"{echo.Line}\n")));
            _rests = _script.Rests().GetEnumerator();
        }

        _timer = time.CreateTimer(_ => GoOn(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Limit(container.Config.Resources);
        GoOn();
    }

    public int Pid { get; }

    public Task<ProcessExit> Exited => _exited.Task;

    private TimeSpan Age => _time.GetElapsedTime(_started);

    // Not counting when it was frozen.
    private TimeSpan Worked => (_frozenAt ?? Age) - _frozenFor;

    private TimeSpan ExitsAt => _told.ExitAfter ?? TimeSpan.MaxValue;

    public Task SignalAsync(Signal signal)
    {
        lock (_gate)
        {
            if (signal == Signal.Kill)
                End(new ProcessExit(KilledExitCode));
            else if (_told.Ignored.Contains(signal))
                return Task.CompletedTask;
            else if (_script is not null)
                _script.Catch(signal);
            else
                _toldToEnd = true;
        }

        GoOn();
        return Task.CompletedTask;
    }

    public Task PauseAsync()
    {
        lock (_gate)
            _frozenAt ??= Age;
        return Task.CompletedTask;
    }

    public Task ResumeAsync()
    {
        lock (_gate)
        {
            var now = Age;
            _frozenFor += now - (_frozenAt ?? now);
            _frozenAt = null;
            if (_wake < now)
                _wake = now;
        }

        GoOn();
        return Task.CompletedTask;
    }

    public Task LimitAsync(Resources? limits)
    {
        lock (_gate)
            Limit(limits);
        GoOn();
        return Task.CompletedTask;
    }

    public Task<ResourceUsage?> MeasureAsync()
    {
        lock (_gate)
        {
            var memory = (long)Math.Min(_memoryLimit ?? SimulatedMachine.Memory, SimulatedMachine.Memory);
            return Task.FromResult(_exited.Task.IsCompleted ? null : _load.At(Worked, _machine.CpuTime, memory));
        }
    }

    /// <summary>The device ends: nothing happens any more.</summary>
    public void Abandon()
    {
        lock (_gate)
            _timer.Dispose();
    }

    private void Limit(Resources? limits)
    {
        _memoryLimit = MemorySize.TryParse(limits?.Memory, out var size) ? (double)size.Bytes : null;
        ForeseeOutOfMemory();
    }

    private void ForeseeOutOfMemory() => _outOfMemory = _memoryLimit is { } limit ? _load.Exceeds(limit, Worked) : null;

    private void GoOn()
    {
        lock (_gate)
        {
            if (_frozenAt is null && !_exited.Task.IsCompleted)
                DoWhatIsDue(Age);
        }
    }

    /// <summary>Does what was due until now in the order in which it was, however long ago that is.</summary>
    private void DoWhatIsDue(TimeSpan now)
    {
        if (_toldToEnd)
            End(new ProcessExit(_told.ExitCode));
        else if (!RunsOn(now))
            End(new ProcessExit(_script!.Status));
        else if (KilledAt(now) is var killed && killed <= now && killed <= ExitsAt)
            End(new ProcessExit(KilledExitCode, OomKilled: true));
        else if (ExitsAt <= now)
            End(new ProcessExit(_told.ExitCode));
        else
            Wait(now);
    }

    private TimeSpan KilledAt(TimeSpan now) =>
        Least(_told.OomAfter ?? TimeSpan.MaxValue, now + (_outOfMemory - Worked) ?? TimeSpan.MaxValue);

    /// <summary>Runs the script as far as it gets.</summary>
    /// <returns>Whether it goes on.</returns>
    private bool RunsOn(TimeSpan now)
    {
        while (_rests is not null && _wake <= Least(now, Least(ExitsAt, KilledAt(now))))
        {
            if (!_rests.MoveNext())
                return false;
            if (_script!.Grows)
            {
                _load.Grow(Worked - (now - _wake));
                ForeseeOutOfMemory();
            }

            _wake = _rests.Current < TimeSpan.MaxValue - _wake ? _wake + _rests.Current : TimeSpan.MaxValue;
        }

        return true;
    }

    private void Wait(TimeSpan now)
    {
        var due = Least(Least(ExitsAt, KilledAt(now)), _rests is null ? TimeSpan.MaxValue : _wake) - now;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Least(due, _longestWait).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void End(ProcessExit exit)
    {
        _timer.Dispose();
        _rests?.Dispose();
        _exited.TrySetResult(exit);
    }
}
