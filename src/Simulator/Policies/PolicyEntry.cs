using System.Collections.Immutable;
using System.Text.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>Who may do what: subjects and resources under a label (<c>ditto.md</c> 2.5).</summary>
public sealed record PolicyEntry
{
    /// <summary>The entry's name inside its policy.</summary>
    public required string Label { get; init; }

    /// <summary>Whom it addresses, in the order given.</summary>
    public required ImmutableArray<PolicySubject> Subjects { get; init; }

    /// <summary>What it grants and revokes, in the order given.</summary>
    public required ImmutableArray<PolicyResource> Resources { get; init; }

    /// <summary>The namespaces of things to which it is limited, exact (<c>a.b</c>) or below (<c>a.b.*</c>); empty for all;
    /// <see langword="null"/> if absent, which means the same.</summary>
    public ImmutableArray<string>? Namespaces { get; init; }

    /// <summary>Whether it counts in importing policies; <see langword="null"/> if absent, which means <see cref="Policies.Importable.Implicit"/>.</summary>
    public Importable? Importable { get; init; }

    /// <summary>Which of <c>subjects</c>, <c>resources</c>, <c>namespaces</c> an entry that refers to this one may have of its own;
    /// <see langword="null"/> if absent, which means all.</summary>
    public ImmutableArray<string>? AllowedAdditions { get; init; }

    /// <summary>Entries that are added to this one; <see langword="null"/> if absent.</summary>
    public ImmutableArray<PolicyReference>? References { get; init; }

    /// <summary>Whether things of that namespace are concerned.</summary>
    public bool AppliesTo(string @namespace)
    {
        if (Namespaces is not { IsEmpty: false } patterns)
            return true;
        foreach (var pattern in patterns)
        {
            if (pattern.EndsWith(".*", StringComparison.Ordinal)
                ? @namespace.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
                : pattern == @namespace)
                return true;
        }

        return false;
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("subjects");
        foreach (var subject in Subjects)
        {
            writer.WritePropertyName(subject.Id);
            subject.Content.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("resources");
        foreach (var resource in Resources)
        {
            writer.WritePropertyName(resource.Key);
            resource.Content.WriteTo(writer);
        }

        writer.WriteEndObject();
        WriteArray(writer, "namespaces", Namespaces);
        if (Importable is { } importable)
            writer.WriteString("importable", importable.ToString().ToLowerInvariant());
        WriteArray(writer, "allowedAdditions", AllowedAdditions);
        if (References is { } references)
            WriteReferences(writer, references);
        writer.WriteEndObject();
    }

    private static void WriteReferences(Utf8JsonWriter writer, ImmutableArray<PolicyReference> references)
    {
        writer.WriteStartArray("references");
        foreach (var reference in references)
        {
            writer.WriteStartObject();
            if (reference.Import is { } import)
                writer.WriteString("import", import.ToString());
            writer.WriteString("entry", reference.Entry);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteArray(Utf8JsonWriter writer, string name, ImmutableArray<string>? texts)
    {
        if (texts is null)
            return;
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
