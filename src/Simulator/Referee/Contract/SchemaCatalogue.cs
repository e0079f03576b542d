using System.Collections.Frozen;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>
/// The schemas of the contract: those built into this assembly, and a user's. Making one of ours reads the index alone; the schemas are
/// compiled when one is first needed. Safe for use from several threads.
/// </summary>
public sealed class SchemaCatalogue
{
    private readonly Lazy<SchemaSet> _schemas;
    private readonly FrozenDictionary<string, PayloadSchema> _byId;
    private readonly FrozenDictionary<string, SchemaEntry> _byName;
    private readonly FrozenDictionary<string, PayloadSchema> _byTopic;
    private readonly FrozenDictionary<string, PayloadSchema> _byEnvelope;
    private readonly FrozenDictionary<string, PayloadSchema> _byFeature;
    private readonly (TopicPattern Pattern, PayloadSchema Schema)[] _byPattern;
    private readonly FrozenDictionary<string, SchemaFamily> _byFamily;
    private readonly FeatureFamilies _families;

    /// <summary>Our own schemas.</summary>
    public SchemaCatalogue()
        : this(SchemaFiles.ReadIndex(), SchemaFiles.Documents)
    {
    }

    private SchemaCatalogue(SchemaIndex index, IEnumerable<SchemaDocument> documents)
    {
        _schemas = new Lazy<SchemaSet>(() => SchemaSet.Load(documents, new SchemaOptions { IntegersFitInt64 = true }));
        Entries = index.Schemas;
        Families = index.Families ?? [];
        _byId = Entries.ToFrozenDictionary(entry => entry.Id, entry => new PayloadSchema(entry, _schemas));
        _byName = Named(Entries);
        _byFamily = Families.ToFrozenDictionary(family => family.Name);
        _families = new FeatureFamilies(Families);
        var places = Placed(Entries);
        var topics = Under("topic ");
        _byTopic = topics.ToFrozenDictionary();
        _byPattern = [.. from topic in topics where TopicPattern.IsOne(topic.Key) select (new TopicPattern(topic.Key), topic.Value)];
        _byEnvelope = Under("envelope ").ToFrozenDictionary();
        _byFeature = Under("feature ").ToFrozenDictionary();

        List<KeyValuePair<string, PayloadSchema>> Under(string kind) =>
        [
            .. from place in places
               where place.Key.StartsWith(kind, StringComparison.Ordinal)
               select KeyValuePair.Create(place.Key[kind.Length..], _byId[place.Value]),
        ];
    }

    /// <summary>Every payload that is known.</summary>
    public IReadOnlyList<SchemaEntry> Entries { get; }

    /// <summary>Every kind of feature that is known.</summary>
    public IReadOnlyList<SchemaFamily> Families { get; }

    /// <summary>Our own schemas, and those of a folder, which add to ours or replace them by their id.</summary>
    /// <param name="userFolder">A folder with an <c>index.json</c> of the same form as ours; <see langword="null"/> for none.</param>
    /// <exception cref="SchemaFolderException">The folder cannot be used; the message says where and why.</exception>
    public static SchemaCatalogue Load(string? userFolder)
    {
        if (userFolder is null)
            return new SchemaCatalogue();
        var folder = new SchemaFolder(userFolder);
        var catalogue = new SchemaCatalogue(folder.AddTo(SchemaFiles.ReadIndex()), SchemaFiles.Documents.Concat(folder.Documents));
        folder.Check(catalogue);
        return catalogue;
    }

    /// <summary>Finds a payload by its id or by one of its other names; <see langword="null"/> if nothing is called so.</summary>
    public SchemaEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Names the family of features that carry a definition.</summary>
    /// <param name="definition">One definition, <c>namespace:name:version</c>.</param>
    /// <returns>Its name, for <see cref="ForFamily"/>; <see langword="null"/> if the definition is unknown.</returns>
    public string? ForDefinition(string definition) => _families.OfDefinition(definition);

    /// <summary>The compiled schemas.</summary>
    internal SchemaSet Schemas => _schemas.Value;

    internal PayloadSchema Get(string id) => _byId[id];

    internal PayloadSchema? ForTopic(string topic)
    {
        if (_byTopic.TryGetValue(topic, out var schema))
            return schema;
        foreach (var (pattern, candidate) in _byPattern)
        {
            if (pattern.Matches(topic))
                return candidate;
        }

        return null;
    }

    internal PayloadSchema? ForEnvelope(string kind) => _byEnvelope.GetValueOrDefault(kind);

    /// <summary>The schema of a value inside an envelope, by the feature's id alone.</summary>
    /// <param name="featureId">The feature.</param>
    /// <param name="below">The rest of the path, with its leading slash; empty for the whole feature.</param>
    internal PayloadSchema? ForFeature(string featureId, string below) =>
        _families.OfId(featureId) is { } family ? ForFamily(family, below) : null;

    /// <summary>The schema of a part of a feature: by the first known definition that it carries, else by its id.</summary>
    internal PayloadSchema? ForFeature(string featureId, IReadOnlyList<string> definitions, string below)
    {
        foreach (var definition in definitions)
        {
            if (ForDefinition(definition) is { } known)
                return ForFamily(known, below);
        }

        return ForFeature(featureId, below);
    }

    /// <summary>The schema of a part of every feature of a family, or of the family that it extends.</summary>
    /// <param name="family">The family's name.</param>
    /// <param name="below">The rest of the path, with its leading slash; empty for the whole feature.</param>
    internal PayloadSchema? ForFamily(string family, string below)
    {
        for (string? name = family; name is not null; name = _byFamily[name].Extends)
        {
            if (_byFeature.TryGetValue(name + below, out var schema))
                return schema;
        }

        return null;
    }

    /// <summary>The schema of a live message's value.</summary>
    internal PayloadSchema? ForMessage(MessagePath path) =>
        path.FeatureId is { } feature ? ForFeature(feature, (path with { FeatureId = null }).ToString()) : null;

    private static FrozenDictionary<string, SchemaEntry> Named(IEnumerable<SchemaEntry> entries)
    {
        var names = new Dictionary<string, SchemaEntry>();
        foreach (var entry in entries)
        {
            foreach (var name in (entry.Aliases ?? []).Append(entry.Id))
                names[name] = entry;
        }

        return names.ToFrozenDictionary();
    }

    /// <summary>Ids by place; of two that apply to one place the later one, a user's, wins.</summary>
    private static Dictionary<string, string> Placed(IEnumerable<SchemaEntry> entries)
    {
        var places = new Dictionary<string, string>();
        foreach (var entry in entries)
        {
            foreach (var place in entry.AppliesTo)
                places[place] = entry.Id;
        }

        return places;
    }
}
