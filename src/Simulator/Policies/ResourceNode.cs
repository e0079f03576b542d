using System.Collections.Immutable;
using System.Text.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// A place that a policy names, for one caller: what he may do here and, summed up, below. Places that the policy does not name are like the
/// nearest one above them that it does.
/// </summary>
internal sealed class ResourceNode
{
    private const int Few = 8;
    private Dictionary<string, ResourceNode>? _children;
    private Permissions _grant;
    private Permissions _revoke;

    /// <summary>What may be done here.</summary>
    public Permissions Here { get; private set; }

    /// <summary>What may be done here and at every place below.</summary>
    public Permissions Everywhere { get; private set; }

    /// <summary>What may be done here or at some place below.</summary>
    public Permissions Somewhere { get; private set; }

    /// <summary>The places below.</summary>
    public IEnumerable<ResourceNode> Children => _children?.Values ?? Enumerable.Empty<ResourceNode>();

    /// <summary>A tree of what some entries say.</summary>
    public static ResourceNode Build(IEnumerable<PolicyResource> resources)
    {
        var root = new ResourceNode();
        List<(ResourceNode Parent, ResourceNode Child)> downwards = [];
        foreach (var resource in resources)
            root.Find(resource.Path, downwards).Add(resource);
        root.Settle(Permissions.None);
        foreach (var (parent, child) in downwards)
            child.Settle(parent.Here);
        for (var i = downwards.Count - 1; i >= 0; i--)
        {
            var (parent, child) = downwards[i];
            parent.Everywhere &= child.Everywhere;
            parent.Somewhere |= child.Somewhere;
        }

        return root;
    }

    /// <summary>The place of that name below, or <see langword="null"/> if the policy does not name it.</summary>
    public ResourceNode? Child(string name) => _children?.GetValueOrDefault(name);

    /// <inheritdoc cref="Child(string)"/>
    public ResourceNode? Child(ReadOnlySpan<char> name) =>
        _children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var child) ? child : null;

    /// <inheritdoc cref="Child(string)"/>
    public ResourceNode? Child(JsonProperty member)
    {
        if (_children is null)
            return null;
        if (_children.Count > Few)
            return _children.GetValueOrDefault(member.Name);
        foreach (var (name, child) in _children)
        {
            if (member.NameEquals(name))
                return child;
        }

        return null;
    }

    // No recursion here and in Build: a policy may name a place some ten thousand levels down.
    private ResourceNode Find(ImmutableArray<string> path, List<(ResourceNode Parent, ResourceNode Child)> made)
    {
        var node = this;
        foreach (var segment in path)
        {
            var children = node._children ??= [];
            if (!children.TryGetValue(segment, out var next))
            {
                children.Add(segment, next = new ResourceNode());
                made.Add((node, next));
            }

            node = next;
        }

        return node;
    }

    private void Add(PolicyResource resource)
    {
        _grant |= resource.Grant;
        _revoke |= resource.Revoke;
    }

    // What is said here counts more than what is said above; of two that say different things here, the one that revokes.
    private void Settle(Permissions inherited) => Here = Everywhere = Somewhere = (inherited | _grant) & ~_revoke;
}
