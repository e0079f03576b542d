using System.Collections.Frozen;

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>Tells of what kind a feature is: by its definition, or by its id where the definition says nothing.</summary>
internal sealed class FeatureFamilies
{
    private const string Many = ":*";

    private readonly FrozenDictionary<string, string> _byId;
    private readonly FrozenDictionary<string, string> _byDefinition;

    public FeatureFamilies(IEnumerable<SchemaFamily> families)
    {
        var all = families.ToList();
        _byId = Names(all, family => family.Ids);
        _byDefinition = Names(all, family => family.Definitions);
    }

    /// <summary>The family of a feature with this id; what follows its first colon names one of many, as in <c>Container:id</c>.</summary>
    public string? OfId(string featureId)
    {
        var colon = featureId.IndexOf(':', StringComparison.Ordinal);
        return _byId.GetValueOrDefault(colon < 0 ? featureId : featureId[..colon] + Many);
    }

    /// <summary>The family of features with this definition, <c>namespace:name:version</c>.</summary>
    public string? OfDefinition(string definition) =>
        _byDefinition.GetValueOrDefault(definition)
        ?? (definition.LastIndexOf(':') is > 0 and var colon ? _byDefinition.GetValueOrDefault(definition[..colon] + Many) : null);

    private static FrozenDictionary<string, string> Names(List<SchemaFamily> families, Func<SchemaFamily, IReadOnlyList<string>> names)
    {
        var result = new Dictionary<string, string>();
        foreach (var family in families)
        {
            foreach (var name in names(family))
                result[name] = family.Name; // the last one wins: a user's families follow ours
        }

        return result.ToFrozenDictionary();
    }
}
