using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Whoever remembers how features were announced.</summary>
internal interface IKnownFeatures
{
    /// <summary>The family of a feature by its announced definition; <see langword="null"/> if it was never seen.</summary>
    string? FamilyOf(ThingId thing, string featureId);
}
