using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>Parts of policies, found and replaced by their paths. Policies change rarely: each change reads the whole policy anew.</summary>
internal static class PolicyParts
{
    /// <summary>Whether a part is one of several of its kind or may be absent, so that a change may create it (201); collections always exist.</summary>
    public static bool IsItem(PolicyPart part) => part is PolicyPart.Policy or PolicyPart.Entry or PolicyPart.Subject or PolicyPart.Resource
        or PolicyPart.Import or PolicyPart.References;

    /// <summary>What stands at a path; parts that are not given have their default value, other than items.</summary>
    public static JsonElement? Find(Policy policy, PolicyPath path)
    {
        if (path.In(policy.ToJson()) is { } value)
            return value;
        var entryExists = path.Label is { } label && policy.Entry(label) is not null;
        return path.Part switch
        {
            PolicyPart.Namespaces when entryExists => JsonText.Parse("[]"),
            PolicyPart.Importable when entryExists => JsonText.String("implicit"),
            PolicyPart.Imports => JsonText.Parse("{}"),
            _ => null,
        };
    }

    /// <summary>A policy with another value at a path.</summary>
    /// <param name="before">The policy.</param>
    /// <param name="path">Which part.</param>
    /// <param name="value">Its new value.</param>
    /// <param name="subject">What placeholders in subject ids stand for.</param>
    /// <param name="resolved">The path with such a placeholder resolved.</param>
    /// <param name="after">The result.</param>
    /// <param name="error">Why there is none.</param>
    public static bool TrySet(
        Policy before, PolicyPath path, JsonElement value, string subject, out PolicyPath resolved,
        [NotNullWhen(true)] out Policy? after, [NotNullWhen(false)] out DittoError? error)
    {
        (resolved, after, error) = (path, null, null);
        if (path.Part == PolicyPart.Subject)
        {
            var reader = new PolicyReader(before.Id, subject);
            if (reader.ReadSubjectId(path.Key!) is not { } id)
            {
                error = reader.Error!;
                return false;
            }

            resolved = path with { Key = id };
        }

        return Policy.TryRead(before.Id, resolved.Pointer.Set(before.ToJson(), value), subject, out after, out error);
    }

    /// <summary>A policy without what stands at a path other than <c>/</c>.</summary>
    public static bool TryRemove(Policy before, PolicyPath path, [NotNullWhen(true)] out Policy? after, [NotNullWhen(false)] out DittoError? error) =>
        Policy.TryRead(before.Id, path.Pointer.Remove(before.ToJson()), "", out after, out error);

    /// <summary>Why an entry or import cannot go: another entry refers to it. <see langword="null"/> if none does.</summary>
    public static DittoError? WhyReferred(Policy policy, PolicyPath path)
    {
        if (path.Part is not (PolicyPart.Entry or PolicyPart.Import or PolicyPart.Imports))
            return null;
        foreach (var entry in policy.Entries)
        {
            foreach (var reference in entry.References ?? [])
            {
                if (reference.Import is { } import && (path.Part == PolicyPart.Imports || path.Key == import.ToString()))
                    return PolicyErrors.ImportReferred(policy.Id, import, entry.Label);
                if (reference.Import is null && path.Part == PolicyPart.Entry && reference.Entry == path.Label && entry.Label != path.Label)
                    return PolicyErrors.EntryReferred(policy.Id, reference.Entry, entry.Label);
            }
        }

        return null;
    }
}
