using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Policies;

/// <summary>Another policy whose entries count in this one as well.</summary>
/// <param name="PolicyId">The other policy.</param>
/// <param name="Entries">Labels of entries that are imported besides the implicit ones.</param>
/// <param name="Transitive">Which of the other policy's own imports are followed.</param>
/// <param name="Content">Its JSON object as it was given.</param>
public sealed record PolicyImport(
    ThingId PolicyId, ImmutableArray<string> Entries, ImmutableArray<ThingId> Transitive, JsonElement Content);
