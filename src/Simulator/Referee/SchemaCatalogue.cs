namespace Leda.Harness.Simulator.Referee;

/// <summary>The schemas of the contract, built into this assembly. Safe for use from several threads.</summary>
public sealed class SchemaCatalogue
{
    /// <summary>Everything that <c>schemas/index.json</c> lists.</summary>
    public IReadOnlyList<SchemaEntry> Entries { get; } = [];

    /// <summary>Compiles every schema now rather than when it is first needed; optional, and worth a thread of its own at start.</summary>
    public void WarmUp()
    {
    }
}
