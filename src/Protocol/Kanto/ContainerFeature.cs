namespace Leda.Harness.Protocol.Kanto;

/// <summary>The feature of one container, <c>Container:id</c> (<c>kanto-container-management.md</c> 3.2).</summary>
public static class ContainerFeature
{
    /// <summary>The feature's definition.</summary>
    public const string Definition = "com.bosch.iot.suite.edge.containers:Container:1.5.0";

    /// <summary>What the id of the containers' thing adds to the gateway's id.</summary>
    public const string ThingSuffix = "edge:containers";

    private const string Prefix = "Container:";

    /// <summary>The feature's id.</summary>
    public static string Id(string containerId) => Prefix + containerId;

    /// <summary>The container of a feature id, or <see langword="null"/> if it is no container's.</summary>
    public static string? ContainerOf(string featureId) =>
        featureId.StartsWith(Prefix, StringComparison.Ordinal) ? featureId[Prefix.Length..] : null;
}
