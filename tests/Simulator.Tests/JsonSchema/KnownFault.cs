using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>A fault of NJsonSchema that lets it judge otherwise than draft-07 says.</summary>
/// <param name="Name">What it does wrong (<c>payloads.md</c> 1.3).</param>
/// <param name="Explains">Whether it can be the reason, given the schema's text, the value, and whether we take it.</param>
internal sealed record KnownFault(string Name, Func<string, JsonElement, bool, bool> Explains)
{
    /// <summary>All that the contract runs into.</summary>
    public static IReadOnlyList<KnownFault> All { get; } = [];
}
