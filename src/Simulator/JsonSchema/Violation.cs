using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>One reason why a value does not pass.</summary>
/// <param name="Keyword">The keyword that refuses it; empty for the schema <c>false</c>.</param>
/// <param name="Schema">The schema that the keyword stands in.</param>
/// <param name="At">JSON pointer to the value.</param>
/// <param name="Value">The value. For a member that must not be there, the object that has it.</param>
internal sealed record Violation(string Keyword, SchemaNode Schema, string At, JsonElement Value)
{
    /// <summary>The member of the object that is missing, or must not be there, or must not be called so.</summary>
    public string? Member { get; init; }

    /// <summary>For <c>anyOf</c> and <c>oneOf</c>: what each alternative says. All are empty where more than one passes.</summary>
    public IReadOnlyList<IReadOnlyList<Violation>> Alternatives { get; init; } = [];

    /// <summary>The JSON pointer to the member, or to the value.</summary>
    public string Where => Member is null ? At : $"{At}/{Escape(Member)}";

    /// <summary>A key as a JSON pointer writes it.</summary>
    public static string Escape(string key) => key.Replace("~", "~0").Replace("/", "~1");
}
