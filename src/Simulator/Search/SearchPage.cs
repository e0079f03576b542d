using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Search;

/// <summary>One page of what was found.</summary>
/// <param name="Items">The things in their order, whole: what of them is shown is up to whoever shows them.</param>
/// <param name="Cursor">Where the next page starts; <see langword="null"/> on the last one and with <c>limit</c>.</param>
/// <param name="NextPageOffset">The offset of the next page with <c>limit</c>; <see langword="null"/> on the last one and without <c>limit</c>.</param>
public sealed record SearchPage(IReadOnlyList<Thing> Items, string? Cursor, long? NextPageOffset);
