using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Policies;

/// <summary>
/// What one caller may do by one policy (<c>ditto.md</c> 2.5): the deepest matching resource decides, on equal depth a revoke, and what is
/// granted is granted below as well. Immutable and cheap to ask.
/// </summary>
public sealed class Enforcer
{
    private static readonly string[] _shownInAnyCase = ["thingId", "_namespace", "_revision", "_created", "_modified"];

    private readonly ResourceNode _thing;
    private readonly ResourceNode _policy;
    private readonly ResourceNode _message;

    private Enforcer(ResourceNode thing, ResourceNode policy, ResourceNode message) => (_thing, _policy, _message) = (thing, policy, message);

    /// <summary>Allows everything: the harness's own.</summary>
    public static Enforcer Everything { get; } = FreeHand();

    /// <summary>Allows nothing.</summary>
    public static Enforcer Nothing { get; } = Of([]);

    /// <summary>An enforcer of what some entries say together.</summary>
    internal static Enforcer Of(IReadOnlyCollection<PolicyEntry> entries)
    {
        var resources = entries.SelectMany(e => e.Resources).ToLookup(r => r.Type);
        return new(
            ResourceNode.Build(resources[PolicyResource.Thing]),
            ResourceNode.Build(resources[PolicyResource.Policy]),
            ResourceNode.Build(resources[PolicyResource.Message]));
    }

    /// <summary>Whether something of a thing may be written: WRITE there, and revoked nowhere below.</summary>
    public bool CanWrite(ResourcePath path) => Spot(path).Everywhere.HasFlag(Permissions.Write);

    /// <summary>Whether a merge patch may be applied: WRITE on each of its leaves. A key that is a pattern
    /// (<c>{{ /…/ }}</c>, <c>ditto.md</c> 2.6) can hit all its siblings, so it takes WRITE on all of them.</summary>
    /// <param name="path">Where the patch applies.</param>
    /// <param name="patch">The patch; <c>null</c> removes.</param>
    public bool CanMerge(ResourcePath path, JsonElement patch) => CanMerge(Spot(path), patch);

    /// <summary>Whether there may be something to read of a thing at a place or below it. If not, it is "not found".</summary>
    public bool CanRead(ResourcePath path) => Spot(path).Somewhere.HasFlag(Permissions.Read);

    /// <summary>Whether everything of a thing at a place and below it may be read.</summary>
    public bool CanReadAll(ResourcePath path) => Spot(path).Everywhere.HasFlag(Permissions.Read);

    /// <summary>Whether a condition or filter may look at a place, for example <c>/features/*/properties/on</c>: READ there and everywhere
    /// below; <c>*</c> in place of a feature's id means every feature (<c>ditto.md</c> 2.9 and 4.4).</summary>
    public bool CanAskFor(JsonPointer pointer)
    {
        var segments = pointer.Segments.AsSpan();
        var root = new ResourceSpot(_thing, true);
        if (segments is not ["features", "*", ..])
            return root.Walk(segments).Everywhere.HasFlag(Permissions.Read);
        var features = root.Step("features");
        if (!features.Here.HasFlag(Permissions.Read))
            return false;
        foreach (var feature in features.IsNamed ? features.Node.Children : [])
        {
            if (!new ResourceSpot(feature, true).Walk(segments[2..]).Everywhere.HasFlag(Permissions.Read))
                return false;
        }

        return true;
    }

    /// <summary>A thing's JSON cut to what may be read; <c>thingId</c>, <c>_namespace</c>, <c>_revision</c>, <c>_created</c> and
    /// <c>_modified</c> stay in any case. The same value, not a copy, if everything may be read.</summary>
    public JsonElement View(JsonElement thing) => ReadableJson.CutObject(new(_thing, true), thing, _shownInAnyCase);

    /// <summary>What stands somewhere in a thing, cut to what may be read.</summary>
    /// <returns><see langword="false"/> if nothing there may be read: to this caller it is "not found".</returns>
    public bool TryView(ResourcePath path, JsonElement value, out JsonElement view)
    {
        var spot = Spot(path);
        view = value;
        if (spot.Everywhere.HasFlag(Permissions.Read))
            return true;
        if (!spot.Somewhere.HasFlag(Permissions.Read) || (value.ValueKind != JsonValueKind.Object && !spot.Here.HasFlag(Permissions.Read)))
            return false;
        view = ReadableJson.CutObject(spot, value, path.Kind == ResourceKind.Thing ? _shownInAnyCase : []);
        return true;
    }

    /// <summary>The value of an event, cut to what a subscriber may read (H12, H13 of <c>ditto-behaviours.md</c>).</summary>
    /// <param name="path">What has changed.</param>
    /// <param name="value">The event's value; <see langword="null"/> if it has none.</param>
    /// <param name="reduced">What is left; <see langword="null"/> if there was none.</param>
    /// <returns><see langword="false"/> if nothing is left: the subscriber gets no event.</returns>
    public bool TryReduce(ResourcePath path, JsonElement? value, out JsonElement? reduced)
    {
        var spot = Spot(path);
        reduced = value is { } json ? ReadableJson.Cut(spot, json, path.Kind == ResourceKind.Thing ? _shownInAnyCase : []) : null;
        return value is null ? spot.Somewhere.HasFlag(Permissions.Read) : reduced is not null;
    }

    /// <summary>Whether a message may be sent there: WRITE. Claims are not to be asked about (<c>ditto.md</c> 2.5).</summary>
    public bool CanSend(MessagePath path) => Spot(path).Everywhere.HasFlag(Permissions.Write);

    /// <summary>Whether messages from there may be received: READ.</summary>
    public bool CanReceive(MessagePath path) => Spot(path).Everywhere.HasFlag(Permissions.Read);

    /// <summary>Whether all of these permissions are there, unrestricted, at a resource.</summary>
    /// <param name="type"><c>thing</c>, <c>policy</c> or <c>message</c>.</param>
    /// <param name="path">The keys on the way down.</param>
    /// <param name="wanted">The permissions.</param>
    public bool Allows(string type, ImmutableArray<string> path, Permissions wanted) =>
        Root(type) is { } root && new ResourceSpot(root, true).Walk(path.AsSpan()).Everywhere.HasFlag(wanted);

    /// <summary>Whether a policy may be changed there.</summary>
    internal bool CanWrite(PolicyPath path) => Spot(path).Everywhere.HasFlag(Permissions.Write);

    /// <summary>Whether there may be something to read of a policy there.</summary>
    internal bool CanRead(PolicyPath path) => Spot(path).Somewhere.HasFlag(Permissions.Read);

    /// <summary>What stands somewhere in a policy, cut to what may be read; <c>policyId</c> stays in any case.</summary>
    internal JsonElement View(PolicyPath path, JsonElement value) =>
        ReadableJson.CutObject(Spot(path), value, path.Part == PolicyPart.Policy ? ["policyId"] : []);

    private static Enforcer FreeHand()
    {
        var everything = ResourceNode.Build([PolicyResource.Everything(PolicyResource.Thing) with { Grant = Permissions.All }]);
        return new Enforcer(everything, everything, everything);
    }

    private static bool CanMerge(ResourceSpot spot, JsonElement patch)
    {
        if (spot.Everywhere.HasFlag(Permissions.Write))
            return true;
        if (!spot.Somewhere.HasFlag(Permissions.Write) || patch.ValueKind != JsonValueKind.Object)
            return false;
        var isEmpty = true;
        foreach (var member in patch.EnumerateObject())
        {
            isEmpty = false;
            if (IsPattern(member) || !CanMerge(spot.Step(member), member.Value))
                return false;
        }

        return !isEmpty;
    }

    private static bool IsPattern(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Null && member.Name.StartsWith("{{", StringComparison.Ordinal);

    private ResourceNode? Root(string type) => type switch
    {
        PolicyResource.Thing => _thing,
        PolicyResource.Policy => _policy,
        PolicyResource.Message => _message,
        _ => null,
    };

    private ResourceSpot Spot(PolicyPath path) => new ResourceSpot(_policy, true).Walk(path.Segments.AsSpan());

    private ResourceSpot Spot(ResourcePath path)
    {
        var spot = new ResourceSpot(_thing, true);
        spot = path.Kind switch
        {
            ResourceKind.Thing => spot,
            ResourceKind.PolicyId => spot.Step("policyId"),
            ResourceKind.Definition => spot.Step("definition"),
            ResourceKind.Attributes => spot.Step("attributes"),
            ResourceKind.Features => spot.Step("features"),
            _ => spot.Step("features").Step(path.FeatureId!),
        };
        return spot.Walk(path.Pointer.Segments.AsSpan());
    }

    private ResourceSpot Spot(MessagePath path)
    {
        var spot = new ResourceSpot(_message, true);
        if (path.FeatureId is { } feature)
            spot = spot.Step("features").Step(feature);
        spot = spot.Step(path.Direction == MessageDirection.Inbox ? "inbox" : "outbox").Step("messages");
        foreach (var part in path.Subject.AsSpan().Split('/'))
            spot = spot.Step(path.Subject.AsSpan(part));
        return spot;
    }
}
