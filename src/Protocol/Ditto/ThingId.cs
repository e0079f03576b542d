using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>
/// The id of a digital twin, <c>namespace:name</c>, split at its first colon; the name may contain more colons. The namespace may be
/// empty. Rules as Eclipse Ditto checks them (<c>ditto.md</c> 1.5): at most 256 characters, namespace of dotted or dashed words, name
/// without <c>/</c> and control characters.
/// </summary>
public readonly partial record struct ThingId
{
    /// <summary>Longest id that Ditto accepts, in characters.</summary>
    public const int MaxLength = 256;

    private ThingId(string @namespace, string name)
    {
        Namespace = @namespace;
        Name = name;
    }

    /// <summary>The placeholder <c>_/_</c> of a topic that names no thing (<c>ditto.md</c> 1.2).</summary>
    public static ThingId Any { get; } = new("_", "_");

    /// <summary>The text before the first colon; may be empty.</summary>
    public string Namespace { get; }

    /// <summary>The text after the first colon; never empty.</summary>
    public string Name { get; }

    /// <summary>Reads an id such as <c>dummy-namespace:dummy-gateway:dummy-device-id</c>.</summary>
    /// <param name="text">The id.</param>
    /// <param name="id">The result.</param>
    /// <param name="problem">Which part is wrong and how, for people.</param>
    public static bool TryParse(string? text, out ThingId id, [NotNullWhen(false)] out string? problem)
    {
        id = default;
        problem = Check(text);
        if (problem is not null)
            return false;
        var colon = text!.IndexOf(':', StringComparison.Ordinal);
        id = new ThingId(text[..colon], text[(colon + 1)..]);
        return true;
    }

    /// <summary>Reads an id that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no thing id; the message names the bad part.</exception>
    public static ThingId Parse(string text) =>
        TryParse(text, out var id, out var problem) ? id : throw new FormatException(problem);

    /// <summary>The id of a child device of this gateway, <c>namespace:name:suffix</c> (Kanto's <c>…:edge:containers</c>).</summary>
    public ThingId Child(string suffix) => Parse($"{this}:{suffix}");

    /// <summary>The id as text.</summary>
    public override string ToString() => $"{Namespace}:{Name}";

    private static string? Check(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "the id is empty; expected <namespace>:<name>";
        if (text.Length > MaxLength)
            return $"the id has {text.Length} characters; at most {MaxLength} are allowed";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return $"the id '{text}' has no ':'; expected <namespace>:<name>";
        if (!NamespacePattern().IsMatch(text.AsSpan(0, colon)))
            return $"the namespace '{text[..colon]}' is not made of words joined by '.' or '-'";
        if (!NamePattern().IsMatch(text.AsSpan(colon + 1)))
            return $"the name '{text[(colon + 1)..]}' is empty or has '/' or a control character";
        return null;
    }

    [GeneratedRegex(@"\A(|[a-zA-Z][a-zA-Z0-9_]*([.-][a-zA-Z][a-zA-Z0-9_]*)*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"\A[^\x00-\x1F\x7F-\xFF/]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
