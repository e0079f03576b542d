using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Search;

/// <summary>What somebody who searches may see (<c>ditto.md</c> 4.4).</summary>
/// <param name="MaySee">Whether anything of a thing may be read at all; a thing whose policy is gone is seen by nobody (behaviour J09).</param>
/// <param name="MayRead">Whether a place in a thing may be read; asked for what the filter reads and for what things are sorted by.</param>
public sealed record SearchSight(Func<Thing, bool> MaySee, Func<Thing, JsonPointer, bool> MayRead)
{
    /// <summary>Nothing is hidden.</summary>
    public static SearchSight Everything { get; } = new(_ => true, (_, _) => true);

    /// <summary>What a caller may see, by the things' policies.</summary>
    public static SearchSight Of(ThingAccess access, Caller caller) => caller.IsTrusted
        ? Everything
        : new(
            thing => access.Of(thing, caller).CanRead(ResourcePath.Thing),
            (thing, place) => access.Of(thing, caller).CanAskFor(place));
}
