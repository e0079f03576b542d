using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Whoever remembers how features were announced.</summary>
internal interface IKnownFeatures
{
    /// <summary>The definitions with which a feature was announced; empty if that was not seen.</summary>
    IReadOnlyList<string> DefinitionsOf(ThingId thing, string featureId);
}
