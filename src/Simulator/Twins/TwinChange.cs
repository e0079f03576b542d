using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Twins;

/// <summary>One change of one twin: a new revision and the event that tells of it.</summary>
/// <param name="Topic">The event's topic.</param>
/// <param name="Event">The event in Ditto's form, <c>…/things/twin/events/created|modified|merged|deleted</c>.</param>
/// <param name="Before">The twin before; <see langword="null"/> if there was none.</param>
/// <param name="After">The twin after; <see langword="null"/> if it is gone.</param>
/// <param name="Command">What changed it.</param>
public sealed record TwinChange(TopicPath Topic, Envelope Event, Thing? Before, Thing? After, TwinCommand Command);
