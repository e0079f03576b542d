using Leda.Harness.Scenarios.Features;

namespace Leda.Harness.Scenarios.Bindings;

/// <summary>What a scope is held against: titles and tags of the scenario, or of the feature alone.</summary>
internal sealed class ScopeTarget
{
    private readonly IReadOnlySet<string> _tags;

    private ScopeTarget(string feature, string? scenario, IEnumerable<string> tags)
    {
        Feature = feature;
        Scenario = scenario;
        _tags = tags.ToHashSet();
    }

    public string Feature { get; }

    /// <summary>Null for hooks around a whole feature.</summary>
    public string? Scenario { get; }

    public static ScopeTarget Of(Scenario scenario) => new(scenario.Feature.Title, scenario.Title, scenario.AllTags);

    public static ScopeTarget Of(Feature feature) => new(feature.Title, null, feature.Tags);

    public bool HasTag(string tag) => _tags.Contains(tag);
}
