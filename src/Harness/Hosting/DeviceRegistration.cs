using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Hosting;

/// <summary>
/// The moment from which a device can be used through the cloud: its features stand in the twin, and it listens to commands, which it does
/// last (<c>kanto-container-management.md</c> 1.5). Who asks before gets a 404, or no answer.
/// </summary>
internal static class DeviceRegistration
{
    /// <summary>Waits for it.</summary>
    /// <param name="harness">The world, from its beginning.</param>
    /// <param name="gateway">The gateway's id.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Waits no longer.</param>
    /// <returns>Whether it has come.</returns>
    public static async Task<bool> AwaitAsync(
        LedaHarness harness, string gateway, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var thing = ThingId.Parse(gateway).Child(ContainerFeature.ThingSuffix).ToString();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var registered = ComesAsync(harness, thing, timeout);
        await Task.WhenAny(registered, Task.Delay(timeout, time, over.Token));
        over.Cancel();
        return registered.IsCompleted && await registered;
    }

    private static async Task<bool> ComesAsync(LedaHarness harness, string thing, TimeSpan timeout)
    {
        if (!await ListensAsync(harness, thing))
            return false;
        try
        {
            foreach (var feature in (string[])[ContainerFactory.FeatureId, SoftwareUpdatable.FeatureId, Metrics.FeatureId])
                await harness.Twins.AwaitAsync(thing, $"features/{feature}", timeout);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Waits until it listens to commands; <see langword="false"/> if the world ends before.</summary>
    private static async Task<bool> ListensAsync(LedaHarness harness, string thing)
    {
        await foreach (var entry in harness.Journal.FollowAsync())
        {
            if (entry.Kind == JournalKind.Subscribe && entry.Topic == DeviceTopic.CommandFilter(thing))
                return true;
        }

        return false;
    }
}
