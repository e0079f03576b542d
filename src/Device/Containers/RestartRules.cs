using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>Whether and when a container that ended is started again (<c>kanto-container-management.md</c> 5.6).</summary>
internal static class RestartRules
{
    public const string Always = "ALWAYS";
    public const string No = "NO";
    public const string OnFailure = "ON_FAILURE";
    public const string UnlessStopped = "UNLESS_STOPPED";

    // Thirty nanoseconds, as those write who take retry_timeout for seconds, must not become a loop without a pause.
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _goodRun = TimeSpan.FromSeconds(10);

    /// <summary>Whether this container, which has no process now, is to have one.</summary>
    public static bool WantsRestart(Container container)
    {
        var policy = container.Config.RestartPolicy;
        return policy?.Type switch
        {
            // Also after a manual stop: such a container cannot be stopped for good.
            Always => true,
            UnlessStopped => !container.ManuallyStopped,
            OnFailure => container.State.ExitCode != 0
                && (policy.MaxRetryCount == 0 || container.RestartCount < policy.MaxRetryCount),
            _ => false,
        };
    }

    /// <summary>The pause before the next start: 100 ms, doubled after each short run, at most <c>retryTimeout</c> (default one minute).</summary>
    /// <param name="policy">The container's policy.</param>
    /// <param name="last">The pause before the run that just ended; zero if somebody started it.</param>
    /// <param name="run">How long it ran. Ten seconds make up for all earlier failures.</param>
    public static TimeSpan Pause(RestartPolicy? policy, TimeSpan last, TimeSpan run)
    {
        var ceiling = policy is { RetryTimeout: > 0 and < int.MaxValue } ? TimeSpan.FromSeconds(policy.RetryTimeout) : _longestPause;
        var next = last == TimeSpan.Zero || run >= _goodRun ? _firstPause : last * 2;
        return next < ceiling ? next : ceiling > _shortestPause ? ceiling : _shortestPause;
    }
}
