using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>What a container is to be: all that whoever creates it may say. Defaults are filled in by <see cref="ContainerManager"/>.</summary>
public sealed record ContainerDescription
{
    /// <summary>The id; default a fresh UUID. Only documents may choose it (<c>kanto-container-management.md</c> 3.4.4).</summary>
    public string? Id { get; init; }

    /// <summary>The name; default the id.</summary>
    public string? Name { get; init; }

    /// <summary>The image; required.</summary>
    public string? ImageRef { get; init; }

    /// <summary>How it is run; default everything by default.</summary>
    public ContainerConfig? Config { get; init; }

    /// <summary>What only a document can say; default nothing.</summary>
    internal ContainerInternals Internals { get; init; } = ContainerInternals.None;

    /// <summary>What the factory's operations ask for.</summary>
    public static ContainerDescription Of(CreateArguments arguments) =>
        new() { Name = arguments.Name, ImageRef = arguments.ImageRef, Config = WireLeniency.Of(arguments.Config) };
}
