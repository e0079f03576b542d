namespace Leda.Harness.Device.Engines.Simulated;

/// <summary>A script that runs as a container's first process: what has no trap does nothing to it, but SIGKILL.</summary>
/// <param name="steps">What it does.</param>
/// <param name="echo">Takes the lines that it writes.</param>
internal sealed class ShellRun(IReadOnlyList<ShellStep> steps, Action<ShellStep.Echo> echo)
{
    private readonly Dictionary<Signal, IReadOnlyList<ShellStep>> _traps = [];
    private readonly Queue<Signal> _caught = new();
    private bool _left;

    /// <summary>What it ends with if it ends now.</summary>
    public int Status { get; private set; }

    /// <summary>Whether it has begun to take all memory there is.</summary>
    public bool Grows { get; private set; }

    /// <summary>Runs it: does what is to be done, gives how long to rest before it is asked for more, and ends with the script.</summary>
    public IEnumerable<TimeSpan> Rests() => Do(steps);

    /// <summary>It gets a signal. As in a shell, a trap has to wait until a <c>sleep</c> is over.</summary>
    public void Catch(Signal signal)
    {
        if (_traps.GetValueOrDefault(signal) is { Count: > 0 } && !_caught.Contains(signal))
            _caught.Enqueue(signal);
    }

    private IEnumerable<TimeSpan> Do(IReadOnlyList<ShellStep> list)
    {
        foreach (var step in list)
        {
            if (step.OnSuccess && Status != 0)
                continue;
            foreach (var rest in Do(step))
                yield return rest;
            while (!_left && _caught.TryDequeue(out var signal))
            {
                foreach (var rest in Do(_traps[signal]))
                    yield return rest;
            }

            if (_left)
                yield break;
        }
    }

    private IEnumerable<TimeSpan> Do(ShellStep step)
    {
        switch (step)
        {
            case ShellStep.Loop loop:
                while (!_left)
                {
                    foreach (var rest in Do(loop.Body))
                        yield return rest;
                }

                yield break;
            case ShellStep.Exit exit:
                Status = exit.Code ?? Status;
                _left = true;
                yield break;
            case ShellStep.Echo say:
                echo(say);
                break;
            case ShellStep.Trap trap:
                foreach (var signal in trap.Signals)
                    _traps[signal] = trap.Action;
                break;
            case ShellStep.Grow:
                Grows = true;
                yield return TimeSpan.MaxValue;
                break;
            case ShellStep.Sleep sleep:
                yield return sleep.Time;
                break;
        }

        Status = step is ShellStep.Status told ? told.Code : 0;
    }
}
