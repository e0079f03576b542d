using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Registry;
using Leda.Harness.Simulator.Storage;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Storage;

/// <summary>One life of a cloud that keeps its state in a file.</summary>
internal sealed class StoredWorld : IAsyncDisposable
{
    private readonly CloudStorage _storage;

    public StoredWorld(string path, Action<string>? log = null)
    {
        Policies = new PolicyStore(RealTime.Provider);
        Things = new ThingStore(RealTime.Provider, new IdSource(1), Policies);
        Registry = new DeviceRegistry(RealTime.Provider, new IdSource(2));
        _storage = CloudStorage.Open(path, Things, Policies, Registry, log ?? Log.Add);
    }

    public ThingStore Things { get; }

    public PolicyStore Policies { get; }

    public DeviceRegistry Registry { get; }

    public List<string> Log { get; } = [];

    public Task FlushedAsync() => _storage.FlushedAsync();

    public TwinOutcome Do(string action, string thing, string path, string? value = null, params (string Name, string Json)[] headers) =>
        Things.Execute(new TwinCommand(
            ThingId.Parse(thing), action, ResourcePath.Parse(path), value is null ? null : JsonText.Parse(value),
            DittoHeaders.From(headers.Select(h => KeyValuePair.Create(h.Name, JsonText.Parse(h.Json)))))
        {
            Caller = Caller.Harness,
        });

    public ValueTask DisposeAsync() => _storage.DisposeAsync();
}
