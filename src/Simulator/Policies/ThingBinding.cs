using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>Which policy a new thing has got.</summary>
/// <param name="PolicyId">The policy's id; meaningless with an error.</param>
/// <param name="Error">Why the thing may not be created; otherwise <see langword="null"/>.</param>
public readonly record struct ThingBinding(ThingId PolicyId, DittoError? Error)
{
    internal static ThingBinding Refused(DittoError error) => new(default, error);
}
