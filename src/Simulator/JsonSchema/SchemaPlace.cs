using System.Text.Json;

namespace Leda.Harness.Simulator.JsonSchema;

/// <summary>A place in a schema document.</summary>
/// <param name="File">The document.</param>
/// <param name="Pointer">JSON pointer to the place in it.</param>
/// <param name="Base">The URI that references are relative to here.</param>
/// <param name="Json">What stands there.</param>
internal sealed record SchemaPlace(string File, string Pointer, string Base, JsonElement Json)
{
    /// <summary>Tells this place from all others.</summary>
    public (string File, string Pointer) Key => (File, Pointer);

    /// <summary>Why the schema cannot be used.</summary>
    public SchemaException Refuse(string problem, params string[] keywords) =>
        new(File, Pointer + string.Concat(keywords.Select(keyword => "/" + Violation.Escape(keyword))), problem);

    public bool HasAny(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (Json.TryGetProperty(keyword, out _))
                return true;
        }

        return false;
    }

    /// <summary>The place of a keyword's value, to look at what it contains.</summary>
    public SchemaPlace Below(string keyword, JsonElement value) => this with { Pointer = $"{Pointer}/{Violation.Escape(keyword)}", Json = value };

    /// <summary>A keyword's value of the one kind that it may have; <see langword="null"/> if the keyword is not there.</summary>
    public JsonElement? Get(string keyword, JsonValueKind kind, string expected)
    {
        if (!Json.TryGetProperty(keyword, out var value))
            return null;
        return value.ValueKind == kind ? value : throw Refuse($"'{keyword}' must be {expected}", keyword);
    }

    /// <summary>A keyword that counts something.</summary>
    public long? Count(string keyword)
    {
        if (Get(keyword, JsonValueKind.Number, "a whole number, 0 or more") is not { } value)
            return null;
        return value.TryGetDecimal(out var count) && count >= 0 && decimal.IsInteger(count) && count <= long.MaxValue
            ? (long)count
            : throw Refuse($"'{keyword}' must be a whole number, 0 or more", keyword);
    }

    public bool Flag(string keyword) => Json.TryGetProperty(keyword, out var value)
        && value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => throw Refuse($"'{keyword}' must be true or false", keyword) };

    /// <summary>A keyword that lists names of members.</summary>
    public string[] Names(string keyword)
    {
        if (Get(keyword, JsonValueKind.Array, "an array of names") is not { } value)
            return [];
        if (value.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
            throw Refuse($"'{keyword}' must be an array of names", keyword);
        return [.. value.EnumerateArray().Select(name => name.GetString()!).Distinct()];
    }
}
