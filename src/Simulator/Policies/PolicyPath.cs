using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>The path of a policy command (<c>ditto.md</c> 2.11).</summary>
/// <param name="Part">Which part of the policy.</param>
/// <param name="Label">The entry, for an entry and what is in it; otherwise <see langword="null"/>.</param>
/// <param name="Key">The subject, resource or imported policy, where one is addressed; otherwise <see langword="null"/>. May contain slashes.</param>
public readonly record struct PolicyPath(PolicyPart Part, string? Label = null, string? Key = null)
{
    private const string Entries = "/entries/";

    /// <summary>The whole policy.</summary>
    public static PolicyPath Policy { get; } = new(PolicyPart.Policy);

    /// <summary>An entry.</summary>
    public static PolicyPath Entry(string label) => new(PolicyPart.Entry, label);

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="path">The result.</param>
    /// <param name="problem">What is wrong, for people (Ditto: <c>protocoladapter:unknown.path</c>).</param>
    public static bool TryParse(string? text, out PolicyPath path, [NotNullWhen(false)] out string? problem)
    {
        PolicyPath? found = text?.Length > 1 && text[^1] == '/' && !text.EndsWith(":/", StringComparison.Ordinal)
            ? Read(text[..^1])
            : Read(text);
        path = found.GetValueOrDefault();
        problem = found is null ? $"the path '{text}' leads to no part of a policy" : null;
        return problem is null;
    }

    /// <summary>Reads a path that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no path of a policy.</exception>
    public static PolicyPath Parse(string text) =>
        TryParse(text, out var path, out var problem) ? path : throw new FormatException(problem);

    /// <summary>The keys on the way down in the policy's JSON; a subject or resource is one key, whatever slashes it has.</summary>
    public ImmutableArray<string> Segments => Part switch
    {
        PolicyPart.Policy => [],
        PolicyPart.Entries => ["entries"],
        PolicyPart.Entry => ["entries", Label!],
        PolicyPart.Imports => ["imports"],
        PolicyPart.Import => ["imports", Key!],
        _ when Key is not null => ["entries", Label!, Member, Key],
        _ => ["entries", Label!, Member],
    };

    /// <summary>The path as text.</summary>
    public override string ToString() => Part is PolicyPart.Policy ? "/" : "/" + string.Join('/', Segments);

    /// <summary>Where this part stands in the policy's JSON.</summary>
    internal JsonPointer Pointer =>
        JsonPointer.Parse(string.Concat(Segments.Select(s => "/" + s.Replace("~", "~0").Replace("/", "~1"))));

    /// <summary>What stands here in a policy's JSON.</summary>
    internal JsonElement? In(JsonElement policy) => Pointer.TryGet(policy, out var value) ? value : null;

    private string Member => Part switch
    {
        PolicyPart.Subjects or PolicyPart.Subject => "subjects",
        PolicyPart.Resources or PolicyPart.Resource => "resources",
        PolicyPart.Namespaces => "namespaces",
        PolicyPart.Importable => "importable",
        PolicyPart.AllowedAdditions => "allowedAdditions",
        _ => "references",
    };

    private static PolicyPath? Read(string? text)
    {
        switch (text)
        {
            case "" or "/":
                return Policy;
            case "/entries":
                return new PolicyPath(PolicyPart.Entries);
            case "/imports":
                return new PolicyPath(PolicyPart.Imports);
        }

        if (text?.StartsWith("/imports/", StringComparison.Ordinal) == true)
            return text["/imports/".Length..] is { Length: > 0 } id && !id.Contains('/') ? new PolicyPath(PolicyPart.Import, null, id) : null;
        if (text?.StartsWith(Entries, StringComparison.Ordinal) != true)
            return null;
        var parts = text[Entries.Length..].Split('/', 3);
        var label = parts[0].Replace("~1", "/").Replace("~0", "~");
        return label.Length == 0 ? null : (parts.Length, parts.ElementAtOrDefault(1)) switch
        {
            (1, _) => Entry(label),
            (2, "subjects") => new PolicyPath(PolicyPart.Subjects, label),
            (2, "resources") => new PolicyPath(PolicyPart.Resources, label),
            (2, "namespaces") => new PolicyPath(PolicyPart.Namespaces, label),
            (2, "importable") => new PolicyPath(PolicyPart.Importable, label),
            (2, "allowedAdditions") => new PolicyPath(PolicyPart.AllowedAdditions, label),
            (2, "references") => new PolicyPath(PolicyPart.References, label),
            (3, "subjects") when parts[2].Length > 0 => new PolicyPath(PolicyPart.Subject, label, parts[2]),
            (3, "resources") when parts[2].Length > 0 => new PolicyPath(PolicyPart.Resource, label, parts[2]),
            _ => null,
        };
    }
}
