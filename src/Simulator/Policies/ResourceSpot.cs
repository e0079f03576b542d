using System.Text.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// A place on the way down a tree of resources: the deepest node on the way, and whether that is the place itself or one above it.
/// </summary>
internal readonly record struct ResourceSpot(ResourceNode Node, bool IsNamed)
{
    /// <summary>What may be done here.</summary>
    public Permissions Here => Node.Here;

    /// <summary>What may be done here and at every place below.</summary>
    public Permissions Everywhere => IsNamed ? Node.Everywhere : Node.Here;

    /// <summary>What may be done here or at some place below.</summary>
    public Permissions Somewhere => IsNamed ? Node.Somewhere : Node.Here;

    /// <summary>One step down.</summary>
    public ResourceSpot Step(string name) => IsNamed ? To(Node.Child(name)) : this;

    /// <inheritdoc cref="Step(string)"/>
    public ResourceSpot Step(ReadOnlySpan<char> name) => IsNamed ? To(Node.Child(name)) : this;

    /// <inheritdoc cref="Step(string)"/>
    public ResourceSpot Step(JsonProperty member) => IsNamed ? To(Node.Child(member)) : this;

    /// <summary>All steps of a way down.</summary>
    public ResourceSpot Walk(ReadOnlySpan<string> way)
    {
        var spot = this;
        foreach (var name in way)
        {
            if (!spot.IsNamed)
                break;
            spot = spot.Step(name);
        }

        return spot;
    }

    private ResourceSpot To(ResourceNode? child) => child is null ? new(Node, false) : new(child, true);
}
