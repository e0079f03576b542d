using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Updates;

/// <summary>A container that there is to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version, as the desired state calls it.</param>
/// <param name="Description">What to create.</param>
internal sealed record DesiredContainer(string Name, string? Version, ContainerDescription Description)
{
    /// <summary>How it is run in the end, all defaults filled in.</summary>
    public ContainerConfig Config { get; } = ContainerDefaults.Fill(Name, Description.Config);
}
