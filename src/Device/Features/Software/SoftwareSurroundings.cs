using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Device.Features.Software;

/// <summary>What operations on software need.</summary>
/// <param name="Containers">Where software is installed.</param>
/// <param name="Artifacts">Where files come from.</param>
/// <param name="Options">How it is done.</param>
/// <param name="Say">Says something about the thing, in order with everything else.</param>
/// <param name="Log">For people.</param>
internal sealed record SoftwareSurroundings(
    ContainerManager Containers,
    IArtifactSource Artifacts,
    SoftwareOptions Options,
    Func<Func<ThingId, Envelope>, ValueTask> Say,
    Action<string> Log);
