using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// Reads one policy from JSON by Ditto's rules (<c>ditto.md</c> 1.5). Members that it does not know are left out, as Ditto does. Every method
/// gives <see langword="null"/> when something is wrong, and <see cref="Error"/> says what.
/// </summary>
/// <param name="id">The policy's id.</param>
/// <param name="subject">What a placeholder in a subject id stands for.</param>
internal sealed class PolicyReader(ThingId id, string subject)
{
    /// <summary>As many policies as one can import.</summary>
    public const int MaxImports = 10;

    /// <summary>As deep as a policy can be; half of it is enough for everything that Ditto knows.</summary>
    public const int MaxDepth = 16;

    private const int MaxKey = 256;
    private static readonly string[] _additions = ["subjects", "resources", "namespaces"];

    /// <summary>The first thing that is wrong.</summary>
    public DittoError? Error { get; private set; }

    /// <summary>Reads a whole policy.</summary>
    public Policy? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return Fail<Policy>(PolicyErrors.Json("a policy, which is a JSON object"));
        if (!IsFlat(json))
            return Fail<Policy>(PolicyErrors.Json($"flat enough: a policy has at most {MaxDepth} levels"));
        if (json.TryGetProperty("policyId", out var given) && (given.ValueKind != JsonValueKind.String || given.GetString() != id.ToString()))
            return Fail<Policy>(PolicyErrors.IdNotSettable(id));
        if (!json.TryGetProperty("entries", out var entries))
            return Fail<Policy>(PolicyErrors.Missing("entries", "the policy"));
        ImmutableArray<PolicyImport>? imports = null;
        if (json.TryGetProperty("imports", out var given2) && (imports = ReadImports(given2)) is null)
            return null;
        return ReadEntries(entries) is { } read && Check(read, imports ?? [])
            ? new Policy { Id = id, Entries = read, Imports = imports }
            : null;
    }

    /// <summary>Whether a value is no deeper than a policy can be.</summary>
    public static bool IsFlat(JsonElement json, int levels = MaxDepth) => json.ValueKind switch
    {
        JsonValueKind.Object => levels > 0 && json.EnumerateObject().All(m => IsFlat(m.Value, levels - 1)),
        JsonValueKind.Array => levels > 0 && json.EnumerateArray().All(i => IsFlat(i, levels - 1)),
        _ => true,
    };

    /// <summary>A subject id with its placeholders resolved.</summary>
    public string? ReadSubjectId(string text)
    {
        if (!SubjectPlaceholder.TryResolve(text, subject, out var resolved))
            return Fail<string>(PolicyErrors.Placeholder(text));
        return resolved.IndexOf(':', StringComparison.Ordinal) > 0 ? resolved : Fail<string>(PolicyErrors.SubjectIdInvalid(text));
    }

    private ImmutableArray<PolicyEntry>? ReadEntries(JsonElement json) =>
        Members(json, "entries by label", member => ReadEntry(member.Name, member.Value));

    private PolicyEntry? ReadEntry(string label, JsonElement json)
    {
        if (!IsKey(label))
            return Fail<PolicyEntry>(PolicyErrors.LabelInvalid(label));
        if (label.StartsWith("imported", StringComparison.Ordinal) || label.StartsWith("nsimported", StringComparison.Ordinal))
            return Fail<PolicyEntry>(PolicyErrors.EntryInvalid($"the label '{label}' is kept for imported entries"));
        if (json.ValueKind != JsonValueKind.Object)
            return Fail<PolicyEntry>(PolicyErrors.Json($"an entry, which is a JSON object: '{label}'"));
        ImmutableArray<PolicyReference>? references = null;
        if (json.TryGetProperty("references", out var given) && (references = ReadReferences(given)) is null)
            return null;
        var needed = references is null or { IsEmpty: true };
        var subjects = json.TryGetProperty("subjects", out given) ? Members(given, "subjects by id", ReadSubject) : Absent<PolicySubject>("subjects", label, needed);
        var resources = json.TryGetProperty("resources", out given)
            ? Members(given, "resources by key", ReadResource)
            : Absent<PolicyResource>("resources", label, needed);
        ImmutableArray<string>? namespaces = json.TryGetProperty("namespaces", out given) ? Texts(given, "namespaces") : null;
        ImmutableArray<string>? additions = json.TryGetProperty("allowedAdditions", out given) ? ReadAdditions(given) : null;
        Importable? importable = json.TryGetProperty("importable", out given) ? ReadImportable(given) : null;
        if (Error is not null)
            return null;
        return new PolicyEntry
        {
            Label = label,
            Subjects = DistinctSubjects(subjects!.Value),
            Resources = resources!.Value,
            Namespaces = namespaces,
            Importable = importable,
            AllowedAdditions = additions,
            References = references,
        };
    }

    private PolicySubject? ReadSubject(JsonProperty member)
    {
        if (ReadSubjectId(member.Name) is not { } subjectId)
            return null;
        var json = member.Value;
        if (json.ValueKind != JsonValueKind.Object)
            return Fail<PolicySubject>(PolicyErrors.Json($"a subject, which is a JSON object: '{subjectId}'"));
        if (!json.TryGetProperty("type", out var type))
            return Fail<PolicySubject>(PolicyErrors.Missing("type", $"the subject '{subjectId}'"));
        if (type.ValueKind != JsonValueKind.String)
            return Fail<PolicySubject>(PolicyErrors.Json($"a subject: the 'type' of '{subjectId}' is no string"));
        if (json.TryGetProperty("expiry", out var expiry) && !(expiry.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(expiry.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)))
            return Fail<PolicySubject>(PolicyErrors.ExpiryInvalid(subjectId));
        if (json.TryGetProperty("announcement", out var announcement) && announcement.ValueKind != JsonValueKind.Object)
            return Fail<PolicySubject>(PolicyErrors.Json($"a subject: the 'announcement' of '{subjectId}' is no JSON object"));
        return new PolicySubject(subjectId, json);
    }

    private PolicyResource? ReadResource(JsonProperty member)
    {
        if (PolicyResource.Split(member.Name, out var type, out var path) is { } problem)
            return Fail<PolicyResource>(type.Length > 0 && member.Name.Contains("//") ? PolicyErrors.KeyInvalid(problem) : PolicyErrors.EntryInvalid(problem));
        var json = member.Value;
        if (json.ValueKind != JsonValueKind.Object)
            return Fail<PolicyResource>(PolicyErrors.Json($"a resource, which is a JSON object: '{member.Name}'"));
        foreach (var needed in (ReadOnlySpan<string>)["grant", "revoke"])
        {
            if (!json.TryGetProperty(needed, out _))
                return Fail<PolicyResource>(PolicyErrors.Missing(needed, $"the resource '{member.Name}'"));
        }

        return PermissionNames.ParseAll(json.GetProperty("grant")) is { } grant && PermissionNames.ParseAll(json.GetProperty("revoke")) is { } revoke
            ? new PolicyResource(member.Name, type, path, grant, revoke, json)
            : Fail<PolicyResource>(PolicyErrors.Json($"a resource: 'grant' and 'revoke' of '{member.Name}' are arrays of strings"));
    }

    private ImmutableArray<PolicyImport>? ReadImports(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Object && json.GetPropertyCount() > MaxImports)
        {
            Error ??= PolicyErrors.TooManyImports(json.GetPropertyCount());
            return null;
        }

        return Members(json, "imports by policy id", ReadImport);
    }

    private PolicyImport? ReadImport(JsonProperty member)
    {
        if (!ThingId.TryParse(member.Name, out var imported, out var problem))
            return Fail<PolicyImport>(PolicyErrors.IdInvalid(problem));
        if (imported == id)
            return Fail<PolicyImport>(PolicyErrors.ImportInvalid("a policy cannot import itself"));
        var json = member.Value;
        if (json.ValueKind != JsonValueKind.Object)
            return Fail<PolicyImport>(PolicyErrors.Json($"an import, which is a JSON object: '{imported}'"));
        ImmutableArray<string>? entries = json.TryGetProperty("entries", out var given) ? Texts(given, "entries") : [];
        ImmutableArray<string>? transitive = json.TryGetProperty("transitiveImports", out given) ? Texts(given, "transitiveImports") : [];
        if (entries is null || transitive is null)
            return null;
        foreach (var other in transitive)
        {
            if (!ThingId.TryParse(other, out _, out problem))
                return Fail<PolicyImport>(PolicyErrors.IdInvalid(problem));
        }

        return new PolicyImport(imported, entries.Value, [.. transitive.Value.Select(ThingId.Parse)], json);
    }

    private ImmutableArray<PolicyReference>? ReadReferences(JsonElement json) => Items(json, "references", item =>
    {
        if (item.ValueKind != JsonValueKind.Object)
            return Fail<PolicyReference>(PolicyErrors.Json("a reference, which is a JSON object"));
        if (!item.TryGetProperty("entry", out var entry))
            return Fail<PolicyReference>(PolicyErrors.Missing("entry", "a reference"));
        if (entry.ValueKind != JsonValueKind.String)
            return Fail<PolicyReference>(PolicyErrors.Json("a reference: 'entry' is no string"));
        if (!item.TryGetProperty("import", out var import))
            return new PolicyReference(entry.GetString()!, null);
        if (import.ValueKind != JsonValueKind.String)
            return Fail<PolicyReference>(PolicyErrors.Json("a reference: 'import' is no string"));
        return ThingId.TryParse(import.GetString(), out var policy, out var problem)
            ? new PolicyReference(entry.GetString()!, policy)
            : Fail<PolicyReference>(PolicyErrors.IdInvalid(problem));
    });

    private ImmutableArray<string>? ReadAdditions(JsonElement json)
    {
        var read = Texts(json, "allowedAdditions");
        if (read?.All(_additions.Contains) != false)
            return read;
        Error ??= PolicyErrors.EntryInvalid($"'allowedAdditions' has other words than {string.Join(", ", _additions)}");
        return null;
    }

    private Importable? ReadImportable(JsonElement json) => (json.ValueKind == JsonValueKind.String ? json.GetString() : null) switch
    {
        "implicit" => Importable.Implicit,
        "explicit" => Importable.Explicit,
        "never" => Importable.Never,
        _ => FailStruct<Importable>(PolicyErrors.EntryInvalid("'importable' is none of implicit, explicit, never")),
    };

    /// <summary>Whether all references lead somewhere.</summary>
    private bool Check(ImmutableArray<PolicyEntry> entries, ImmutableArray<PolicyImport> imports)
    {
        foreach (var entry in entries)
        {
            foreach (var reference in entry.References ?? [])
            {
                if (reference.Import is { } import ? imports.Any(i => i.PolicyId == import) : entries.Any(e => e.Label == reference.Entry))
                    continue;
                Error ??= PolicyErrors.EntryInvalid($"'{entry.Label}' refers to '{reference.Import?.ToString() ?? reference.Entry}', which is not there");
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<PolicySubject> DistinctSubjects(ImmutableArray<PolicySubject> subjects) =>
        subjects.DistinctBy(s => s.Id).Count() == subjects.Length
            ? subjects
            : [.. subjects.GroupBy(s => s.Id).Select(same => same.Last())];

    /// <summary>The rule for labels and for JSON keys: 1 to 256 characters, no slash, no control characters.</summary>
    private static bool IsKey(string text) =>
        text.Length is > 0 and <= MaxKey && !text.AsSpan().ContainsAnyInRange('\0', '\x1F') && !text.AsSpan().ContainsAnyInRange('\x7F', '\xFF') && !text.Contains('/');

    private ImmutableArray<T>? Absent<T>(string member, string label, bool needed)
    {
        if (needed)
            Error ??= PolicyErrors.Missing(member, $"the entry '{label}'");
        return [];
    }

    private ImmutableArray<string>? Texts(JsonElement json, string what) => Items(
        json, what, item => item.ValueKind == JsonValueKind.String ? item.GetString() : Fail<string>(PolicyErrors.Json($"right: '{what}' has something that is no string")));

    private ImmutableArray<T>? Members<T>(JsonElement json, string what, Func<JsonProperty, T?> read)
        where T : class =>
        json.ValueKind == JsonValueKind.Object ? All(json.EnumerateObject(), read) : FailStruct<ImmutableArray<T>>(PolicyErrors.Json($"an object of {what}"));

    private ImmutableArray<T>? Items<T>(JsonElement json, string what, Func<JsonElement, T?> read)
        where T : class =>
        json.ValueKind == JsonValueKind.Array ? All(json.EnumerateArray(), read) : FailStruct<ImmutableArray<T>>(PolicyErrors.Json($"an array of {what}"));

    private static ImmutableArray<T>? All<TFrom, T>(IEnumerable<TFrom> from, Func<TFrom, T?> read)
        where T : class
    {
        var all = ImmutableArray.CreateBuilder<T>();
        foreach (var item in from)
        {
            if (read(item) is not { } good)
                return null;
            all.Add(good);
        }

        return all.DrainToImmutable();
    }

    private T? Fail<T>(DittoError error)
        where T : class
    {
        Error ??= error;
        return null;
    }

    private T? FailStruct<T>(DittoError error)
        where T : struct
    {
        Error ??= error;
        return null;
    }
}
