using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Registry;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Storage;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api;

/// <summary>What the API offers.</summary>
/// <param name="Things">The digital twins.</param>
/// <param name="Policies">Who may do what with them.</param>
/// <param name="Signals">What the cloud tells.</param>
/// <param name="Live">The live channel.</param>
/// <param name="Time">The clock.</param>
/// <param name="Ids">Gives correlation ids and the names of new things.</param>
public sealed record ApiCloud(ThingStore Things, PolicyStore Policies, SignalHub Signals, LiveChannel Live, TimeProvider Time, IdSource Ids)
{
    /// <summary>The device registry; default an empty one.</summary>
    public DeviceRegistry Registry { get; init; } = new(Time, Ids);

    /// <summary>What keeps all of it across restarts; <see langword="null"/> if nothing does.</summary>
    public CloudStorage? Storage { get; init; }

    /// <summary>Takes what the operator should know; default nobody does.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Completes when every change until now survives whatever happens: whoever answers that something was changed waits for it.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    public Task KeptAsync() => Storage?.FlushedAsync() ?? Task.CompletedTask;

    /// <summary>An outcome that may be told: when its change survives whatever happens, or with the error that it does not.</summary>
    internal async ValueTask<TwinOutcome> KeptAsync(TwinOutcome outcome)
    {
        if (outcome.Change is null)
            return outcome;
        try
        {
            await KeptAsync();
            return outcome;
        }
        catch (StorageException e)
        {
            return TwinOutcome.Refused(ApiError.NotKept(e.Message));
        }
    }
}
