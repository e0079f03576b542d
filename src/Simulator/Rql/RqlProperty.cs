using System.Diagnostics.CodeAnalysis;
using System.Text;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Rql;

/// <summary>A property that an expression or a sort order names (<c>ditto.md</c> 6.2).</summary>
/// <param name="Kind">What it reads.</param>
/// <param name="Name">As it was written, without escapes and without the leading slash.</param>
/// <param name="Pointer">Where it stands in the thing's JSON; the segment <c>*</c> is every feature. The root for what is no part of it.</param>
internal sealed record RqlProperty(RqlPropertyKind Kind, string Name, JsonPointer Pointer)
{
    private static readonly string[] _signal =
    [
        "topic:full", "topic:namespace", "topic:entityName", "topic:group", "topic:channel", "topic:criterion", "topic:action",
        "topic:subject", "topic:action-subject", "resource:type", "resource:path", "entity:id", "entity:namespace", "entity:name",
    ];

    private const string Escaped = ",() \"\\";

    /// <summary>The keys below the attributes, the feature or the metadata.</summary>
    public JsonPointer Below { get; } = Kind switch
    {
        RqlPropertyKind.Attribute or RqlPropertyKind.Metadata => Pointer.Skip(1),
        RqlPropertyKind.Feature => Pointer.Skip(2),
        _ => JsonPointer.Root,
    };

    /// <summary>The feature's id, or <c>*</c>; <see langword="null"/> for what is no part of a feature.</summary>
    public string? FeatureId => Kind == RqlPropertyKind.Feature ? Pointer.Segments[1] : null;

    public bool IsWildcard => FeatureId == "*";

    public RqlTime? Time { get; } = Kind == RqlPropertyKind.Time ? RqlTime.Parse(Name) : null;

    /// <summary>Whether a policy may hide it: whoever sees anything of a thing sees its id, revision and instants (<c>ditto.md</c> 2.5).</summary>
    public bool CanBeHidden => Kind is RqlPropertyKind.PolicyId or RqlPropertyKind.Definition or RqlPropertyKind.Attribute
        or RqlPropertyKind.Feature or RqlPropertyKind.Metadata;

    /// <param name="name">The name, without escapes.</param>
    /// <param name="signals">Whether <c>topic:</c>, <c>resource:</c>, <c>entity:</c> and <c>time:</c> mean something.</param>
    /// <param name="property">The result.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(
        string name, bool signals, [NotNullWhen(true)] out RqlProperty? property, [NotNullWhen(false)] out string? problem)
    {
        property = null;
        name = name.StartsWith('/') ? name[1..] : name;
        if (name.EnumerateRunes().Any(r => r == Rune.ReplacementChar))
        {
            problem = "The property is no valid Unicode text.";
            return false;
        }

        if (name.StartsWith('/') || name.EndsWith('/') || name.Contains("//"))
        {
            problem = $"The property '{PlainText.Of(name)}' is not valid: Consecutive slashes in JSON pointers are not supported, nor is one at the end.";
            return false;
        }

        var pointer = JsonPointer.Parse($"/{name}");
        RqlPropertyKind? kind = pointer.Segments switch
        {
            [] => null,
            ["thingId"] => RqlPropertyKind.ThingId,
            ["namespace" or "_namespace"] => RqlPropertyKind.Namespace,
            ["policyId"] => RqlPropertyKind.PolicyId,
            ["definition"] => RqlPropertyKind.Definition,
            ["_revision"] => RqlPropertyKind.Revision,
            ["_created"] => RqlPropertyKind.Created,
            ["_modified"] => RqlPropertyKind.Modified,
            ["attributes", _, ..] => RqlPropertyKind.Attribute,
            ["_metadata", _, ..] => RqlPropertyKind.Metadata,
            ["features", _] or ["features", _, "definition"] => RqlPropertyKind.Feature,
            ["features", _, "properties" or "desiredProperties", ..] => RqlPropertyKind.Feature,
            _ when signals && _signal.Contains(name) => RqlPropertyKind.Signal,
            _ when signals && RqlTime.Parse(name) is not null => RqlPropertyKind.Time,
            _ => null,
        };
        problem = kind is null ? $"Unknown property name '{PlainText.Of(name)}'." : null;
        if (kind is { } known)
            property = new RqlProperty(known, name, known is RqlPropertyKind.Signal or RqlPropertyKind.Time ? JsonPointer.Root : pointer);
        return problem is null;
    }

    /// <summary>Whether a character stands in a name only behind a backslash (<c>ditto.md</c> 6.4).</summary>
    public static bool IsEscaped(char c) => Escaped.Contains(c);

    /// <summary>The name with its escapes.</summary>
    public override string ToString()
    {
        if (!Name.Any(IsEscaped))
            return Name;
        var text = new StringBuilder(Name.Length + 8);
        foreach (var c in Name)
            _ = IsEscaped(c) ? text.Append('\\').Append(c) : text.Append(c);
        return text.ToString();
    }
}
