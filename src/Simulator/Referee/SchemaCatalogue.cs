using System.Collections.Frozen;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Referee;

/// <summary>
/// The schemas of the contract, built into this assembly. Making one reads the index alone; a schema is compiled when it is first
/// needed. Safe for use from several threads.
/// </summary>
public sealed class SchemaCatalogue
{
    private readonly FrozenDictionary<string, PayloadSchema> _byId;
    private readonly FrozenDictionary<string, PayloadSchema> _byPlace;

    /// <summary>Reads the index.</summary>
    public SchemaCatalogue()
    {
        Entries = SchemaFiles.ReadIndex().Schemas;
        _byId = Entries.ToFrozenDictionary(entry => entry.Id, entry => new PayloadSchema(entry));
        _byPlace = Entries
            .SelectMany(entry => entry.AppliesTo, (entry, place) => (place, schema: _byId[entry.Id]))
            .ToFrozenDictionary(pair => pair.place, pair => pair.schema);
    }

    /// <summary>Everything that <c>schemas/index.json</c> lists.</summary>
    public IReadOnlyList<SchemaEntry> Entries { get; }

    /// <summary>Compiles every schema now rather than when it is first needed, so that a test finds one that cannot be compiled.</summary>
    internal void WarmUp() => Parallel.ForEach(_byId.Values, schema => schema.Compile());

    /// <summary>Whether there is a schema of this name.</summary>
    /// <param name="name">Its id, such as <c>container.state</c>.</param>
    public bool Knows(string name) => _byId.ContainsKey(name);

    internal PayloadSchema Get(string id) => _byId[id];

    internal PayloadSchema? ForTopic(string topic) => _byPlace.GetValueOrDefault("topic " + topic);

    internal PayloadSchema? ForEnvelope(string kind) => _byPlace.GetValueOrDefault("envelope " + kind);

    /// <summary>The schema of a value inside an envelope.</summary>
    /// <param name="featureId">The feature; what follows its first colon names one of many, as in <c>Container:id</c>.</param>
    /// <param name="below">The rest of the path, with its leading slash; empty for the whole feature.</param>
    internal PayloadSchema? ForFeature(string featureId, string below)
    {
        var colon = featureId.IndexOf(':', StringComparison.Ordinal);
        var family = colon < 0 ? featureId : featureId[..colon] + ":*";
        return _byPlace.GetValueOrDefault($"path /features/{family}{below}");
    }

    /// <summary>The schema of a live message's value.</summary>
    internal PayloadSchema? ForMessage(MessagePath path) =>
        path.FeatureId is { } feature ? ForFeature(feature, (path with { FeatureId = null }).ToString()) : null;
}
