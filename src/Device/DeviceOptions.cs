using Leda.Harness.Device.Artifacts;
using Leda.Harness.Device.Containers;
using Leda.Harness.Device.Engines;
using Leda.Harness.Device.Engines.Simulated;
using Leda.Harness.Device.Features.Software;
using Leda.Harness.Device.Updates;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device;

/// <summary>What a device is made of.</summary>
public sealed record DeviceOptions
{
    /// <summary>Where state is kept across restarts; default <see langword="null"/>, nothing is kept. It is created when missing.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Containers to create when the device starts for the first time, that is, unless <see cref="DataDirectory"/> already holds
    /// some; default none. See <see cref="DemoContainers"/> and <see cref="BelievableContainers"/>.</summary>
    public IReadOnlyList<CreateArguments> Containers { get; init; } = [];

    /// <summary>What runs the containers; default a <see cref="SimulatedEngine"/>. It is the device's from then on, which disposes of it.</summary>
    public IContainerEngine? Engine { get; init; }

    /// <summary>The Unix socket where the device's own command line, and the original's <c>kanto-cm</c>, may call it; default
    /// <see langword="null"/>, none. The original's is <c>/run/container-management/container-management.sock</c>.</summary>
    public string? ControlSocket { get; init; }

    /// <summary>The update agent; default <see langword="null"/>, there is none, as in the original.</summary>
    public UpdateAgentOptions? UpdateAgent { get; init; }

    /// <summary>Where the files of installations come from; default an <see cref="HttpArtifactSource"/>.</summary>
    public IArtifactSource? Artifacts { get; init; }

    /// <summary>How software is installed.</summary>
    public SoftwareOptions Software { get; init; } = new();
}
