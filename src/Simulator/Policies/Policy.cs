using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// A policy at one revision, as Eclipse Ditto models it (<c>ditto.md</c> 2.4, 2.5): who may do what with the things that name it.
/// Immutable: who holds one holds a snapshot.
/// </summary>
public sealed record Policy
{
    /// <summary>The label of the only entry of an implicit policy.</summary>
    public const string ImplicitLabel = "DEFAULT";

    private static readonly JsonElement _generated = JsonText.Parse("""{"type":"generated"}""");

    private static readonly ImmutableArray<PolicyResource> _everything =
    [
        PolicyResource.Everything(PolicyResource.Thing),
        PolicyResource.Everything(PolicyResource.Policy),
        PolicyResource.Everything(PolicyResource.Message),
    ];

    /// <summary>The policy's id; the same syntax as a thing's.</summary>
    public required ThingId Id { get; init; }

    /// <summary>Its entries, in the order given.</summary>
    public required ImmutableArray<PolicyEntry> Entries { get; init; }

    /// <summary>Policies whose entries count as well; <see langword="null"/> if absent.</summary>
    public ImmutableArray<PolicyImport>? Imports { get; init; }

    /// <summary>1 for the first create, one more for every change; goes on after a delete and a new create. 0 as long as it is not stored.</summary>
    public long Revision { get; init; }

    /// <summary>When it was last created.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset Modified { get; init; }

    /// <summary>The policy of a thing that was created without one: its creator may do everything (<c>ditto.md</c> 2.4).</summary>
    /// <param name="id">The policy's id, which is that of the thing.</param>
    /// <param name="subjects">The creator's default subject.</param>
    public static Policy Implicit(ThingId id, params ImmutableArray<string> subjects) => new()
    {
        Id = id,
        Entries =
        [
            new PolicyEntry
            {
                Label = ImplicitLabel,
                Subjects = [.. subjects.Select(s => new PolicySubject(s, _generated))],
                Resources = _everything,
            },
        ],
    };

    /// <summary>Reads a policy.</summary>
    /// <param name="id">Its id; a <c>policyId</c> inside must be the same.</param>
    /// <param name="json">The policy as JSON.</param>
    /// <param name="subject">What <c>{{ request:subjectId }}</c> in a subject id stands for (<c>ditto.md</c> 8.4).</param>
    /// <param name="policy">The result.</param>
    /// <param name="error">Why Ditto would refuse it, by its own error ids.</param>
    public static bool TryRead(
        ThingId id, JsonElement json, string subject, [NotNullWhen(true)] out Policy? policy, [NotNullWhen(false)] out DittoError? error)
    {
        var reader = new PolicyReader(id, subject);
        policy = reader.Read(json);
        error = policy is null ? reader.Error! : null;
        return policy is not null;
    }

    /// <summary>The entry of that label, or <see langword="null"/>.</summary>
    public PolicyEntry? Entry(string label)
    {
        foreach (var entry in Entries)
        {
            if (entry.Label == label)
                return entry;
        }

        return null;
    }

    /// <summary>The policy as Ditto shows it by default: <c>policyId</c>, <c>imports</c> if there are any, <c>entries</c>.</summary>
    public JsonElement ToJson() => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("policyId", Id.ToString());
        if (Imports is { } imports)
        {
            writer.WriteStartObject("imports");
            foreach (var import in imports)
            {
                writer.WritePropertyName(import.PolicyId.ToString());
                import.Content.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartObject("entries");
        foreach (var entry in Entries)
        {
            writer.WritePropertyName(entry.Label);
            entry.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
