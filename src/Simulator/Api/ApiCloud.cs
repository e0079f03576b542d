using Leda.Harness.Protocol;
using Leda.Harness.Simulator.Messages;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Signals;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Api;

/// <summary>What the API offers.</summary>
/// <param name="Things">The digital twins.</param>
/// <param name="Policies">Who may do what with them.</param>
/// <param name="Signals">What the cloud tells.</param>
/// <param name="Live">The live channel.</param>
/// <param name="Time">The clock.</param>
/// <param name="Ids">Gives correlation ids and the names of new things.</param>
public sealed record ApiCloud(ThingStore Things, PolicyStore Policies, SignalHub Signals, LiveChannel Live, TimeProvider Time, IdSource Ids);
