namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>Features that are judged alike, as <c>schemas/index.json</c> lists them.</summary>
/// <param name="Name">Its name, which <see cref="SchemaEntry.AppliesTo"/> uses.</param>
/// <param name="Ids">Ids that features of this kind have by convention; one that ends in <c>:*</c> stands for many.</param>
/// <param name="Definitions">Definitions that they carry, whatever their id; one that ends in <c>:*</c> stands for all versions.</param>
/// <param name="Extends">The family whose schemas also apply where this one has none of its own.</param>
public sealed record SchemaFamily(string Name, IReadOnlyList<string> Ids, IReadOnlyList<string> Definitions, string? Extends = null);
