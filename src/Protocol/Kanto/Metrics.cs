namespace Leda.Harness.Protocol.Kanto;

/// <summary>The feature that measures containers (<c>kanto-container-management.md</c> 3.3).</summary>
public static class Metrics
{
    /// <summary>The feature's id.</summary>
    public const string FeatureId = "Metrics";

    /// <summary>The feature's definition.</summary>
    public const string Definition = "com.bosch.iot.suite.edge.metric:Metrics:1.0.0";
}
