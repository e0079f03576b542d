using System.Collections.Immutable;
using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Registry;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Storage;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator;

/// <summary>The state of the cloud: twins, their policies, the live channel, the registered devices, and who listens to all of it. The API and
/// the connector are two doors to it.</summary>
public sealed class DittoCloud : IAsyncDisposable
{
    /// <summary>Starts an empty cloud, in memory.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="ids">What all its ids are drawn from.</param>
    /// <param name="owners">The subjects that may do everything with what devices bring; none means <c>nginx:ditto</c>.</param>
    public DittoCloud(TimeProvider time, IdSource ids, params ImmutableArray<string> owners)
    {
        Time = time;
        Policies = new PolicyStore(time, owners);
        Things = new ThingStore(time, ids.Fork(), Policies, Signals.Publish);
        Live = new LiveChannel(Things, Signals, time, ids.Fork()) { Log = line => Log(line) };
        Registry = new DeviceRegistry(time, ids.Fork());
        Ids = ids.Fork();
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Gives correlation ids and the names of new things.</summary>
    public IdSource Ids { get; }

    /// <summary>The digital twins.</summary>
    public ThingStore Things { get; }

    /// <summary>Who may do what with them.</summary>
    public PolicyStore Policies { get; }

    /// <summary>What the cloud tells whoever listens.</summary>
    public SignalHub Signals { get; } = new();

    /// <summary>Messages, live commands and live events, to and from whoever listens.</summary>
    public LiveChannel Live { get; }

    /// <summary>The device registry.</summary>
    public DeviceRegistry Registry { get; }

    /// <summary>Takes what the operator should know; default nobody does.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>What keeps all of it across restarts; <see langword="null"/> if nothing does.</summary>
    public CloudStorage? Storage { get; private set; }

    /// <summary>Takes over what a file holds, and keeps everything there from now on. Before anybody uses the cloud.</summary>
    /// <param name="file">The database; made if there is none.</param>
    /// <exception cref="StorageException">The file cannot be used; the message says why.</exception>
    public void KeepIn(string file) => Storage = CloudStorage.Open(file, Things, Policies, Registry, Log);

    /// <summary>Completes when every change until now survives whatever happens: whoever answers that something was changed waits for it.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    public Task KeptAsync() => Storage?.FlushedAsync() ?? Task.CompletedTask;

    /// <summary>Writes what is not yet on disk, if there is one.</summary>
    public ValueTask DisposeAsync() => Storage?.DisposeAsync() ?? default;
}
