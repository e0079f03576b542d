namespace Leda.Harness.Protocol.Kanto;

/// <summary>The feature that creates containers (<c>kanto-container-management.md</c> 3.1).</summary>
public static class ContainerFactory
{
    /// <summary>The feature's id.</summary>
    public const string FeatureId = "ContainerFactory";

    /// <summary>The feature's definition.</summary>
    public const string Definition = "com.bosch.iot.suite.edge.containers:ContainerFactory:1.3.0";
}
