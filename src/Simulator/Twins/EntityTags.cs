using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.Twins;

/// <summary>The value of <c>If-Match</c> or <c>If-None-Match</c>: <c>*</c> or a list of entity tags (RFC 9110, <c>ditto.md</c> 2.8).</summary>
internal sealed partial class EntityTags
{
    private readonly string[] _tags;

    private EntityTags(string[] tags) => _tags = tags;

    public static bool TryParse(string text, [NotNullWhen(true)] out EntityTags? tags)
    {
        tags = ListPattern().IsMatch(text) ? new EntityTags([.. TagPattern().Matches(text).Select(m => m.Value)]) : null;
        return tags is not null;
    }

    /// <summary>Whether a tag is among them; <c>*</c> stands for any.</summary>
    public bool Match(string tag) => _tags is ["*"] || _tags.Contains(tag);

    [GeneratedRegex(@"\A\s*(\*|(W/)?""[^""*]*""(\s*,\s*(W/)?""[^""*]*"")*)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ListPattern();

    [GeneratedRegex(@"\*|""[^""*]*""", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();
}
