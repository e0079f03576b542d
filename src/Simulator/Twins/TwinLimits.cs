using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>What Ditto keeps of a thing at most (<c>ditto.md</c> 1.5): keys of a certain shape, and a size.</summary>
/// <remarks>Callers of the API are held to it. What devices say is kept all the same: the harness is to show real traffic, not to hide it.</remarks>
internal static class TwinLimits
{
    /// <summary>What is wrong with a thing after a change at a path; <see langword="null"/> if nothing.</summary>
    public static DittoError? Check(Thing? after, ResourcePath path)
    {
        if (after is null)
            return null;
        return TwinKeys.Check(path, after.TryGet(path, out var value) ? value : null)
            ?? (after.Length is > TwinValues.MaxThingSize and var length ? TwinErrors.TooLarge(length) : null);
    }
}
