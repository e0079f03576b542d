using Leda.Harness.Scenarios.Features;

namespace Leda.Harness.Acceptance;

/// <summary>The product's own scenarios.</summary>
internal static class Features
{
    public static IReadOnlyList<Scenario> All { get; } = FeatureSet.Load([Path.Combine(AppContext.BaseDirectory, "features")]).Scenarios;
}
