using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.Policies;

/// <summary>Placeholders in the subject ids of policies (<c>ditto.md</c> 8.4).</summary>
internal static partial class SubjectPlaceholder
{
    /// <summary>Puts the sender's subject in place of <c>{{ request:subjectId }}</c> and of the old <c>${request.subjectId}</c>.</summary>
    /// <returns><see langword="false"/> if another placeholder is left.</returns>
    public static bool TryResolve(string id, string subject, [NotNullWhen(true)] out string? resolved)
    {
        resolved = id;
        if (!id.Contains('{'))
            return true;
        resolved = RequestSubject().Replace(id, _ => subject);
        return !resolved.Contains("{{") && !resolved.Contains("${");
    }

    [GeneratedRegex(@"\{\{\s*request:subjectId\s*\}\}|\$\{\s*request\.subjectId\s*\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RequestSubject();
}
