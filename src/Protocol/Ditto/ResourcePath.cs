using System.Diagnostics.CodeAnalysis;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Ditto;

/// <summary>
/// The path of a twin command or event: a part of a thing (<c>ditto.md</c> 1.3).
/// </summary>
/// <param name="Kind">Which part.</param>
/// <param name="FeatureId">The feature, for <see cref="ResourceKind.Feature"/>; otherwise <see langword="null"/>.</param>
/// <param name="Pointer">The place below that part: below the feature (<c>/properties/status</c>), below the attributes, else the root.</param>
public readonly record struct ResourcePath(ResourceKind Kind, string? FeatureId, JsonPointer Pointer)
{
    /// <summary>The whole thing.</summary>
    public static ResourcePath Thing { get; } = new(ResourceKind.Thing, null, JsonPointer.Root);

    /// <summary>A whole feature.</summary>
    public static ResourcePath Feature(string featureId) => new(ResourceKind.Feature, featureId, JsonPointer.Root);

    /// <summary>A property of a feature.</summary>
    /// <param name="featureId">The feature.</param>
    /// <param name="property">Where below <c>properties</c>, for example <c>status/state</c>.</param>
    public static ResourcePath Property(string featureId, string property) =>
        new(ResourceKind.Feature, featureId, JsonPointer.Parse($"/properties/{property}"));

    /// <summary>Reads a path.</summary>
    /// <param name="text">The path.</param>
    /// <param name="path">The result.</param>
    /// <param name="problem">What is wrong, for people (Ditto: <c>protocoladapter:unknown.path</c>).</param>
    public static bool TryParse(string? text, out ResourcePath path, [NotNullWhen(false)] out string? problem)
    {
        path = default;
        if (string.IsNullOrEmpty(text) || text[0] != '/')
        {
            problem = $"the path '{text}' does not start with '/'";
            return false;
        }

        if (!JsonPointer.TryParse(text, out var pointer, out problem))
            return false;
        ResourcePath? found = pointer.Segments switch
        {
            [] => Thing,
            ["policyId"] => new(ResourceKind.PolicyId, null, JsonPointer.Root),
            ["definition"] => new(ResourceKind.Definition, null, JsonPointer.Root),
            ["attributes", ..] => new(ResourceKind.Attributes, null, pointer.Skip(1)),
            ["features"] => new(ResourceKind.Features, null, JsonPointer.Root),
            ["features", var id] => Feature(id),
            ["features", var id, "definition"] => new(ResourceKind.Feature, id, pointer.Skip(2)),
            ["features", var id, "properties" or "desiredProperties", ..] => new(ResourceKind.Feature, id, pointer.Skip(2)),
            _ => null,
        };
        problem = found is null ? $"the path '{text}' leads to no part of a thing" : null;
        path = found.GetValueOrDefault();
        return problem is null;
    }

    /// <summary>Reads a path that is known to be good.</summary>
    /// <exception cref="FormatException">The text is no path of a thing.</exception>
    public static ResourcePath Parse(string text) =>
        TryParse(text, out var path, out var problem) ? path : throw new FormatException(problem);

    /// <summary>The path as text.</summary>
    public override string ToString()
    {
        var below = Pointer.IsRoot ? "" : Pointer.ToString();
        return Kind switch
        {
            ResourceKind.Thing => "/",
            ResourceKind.PolicyId => "/policyId",
            ResourceKind.Definition => "/definition",
            ResourceKind.Attributes => $"/attributes{below}",
            ResourceKind.Features => "/features",
            _ => $"/features/{JsonPointer.Escape(FeatureId!)}{below}",
        };
    }
}
