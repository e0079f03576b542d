namespace Leda.Harness.Simulator.Referee;

/// <summary>The kinds of features that the contract knows, each called as the model in its definition is.</summary>
internal static class FeatureFamily
{
    public const string SoftwareUpdatable = "SoftwareUpdatable";
    public const string Container = "Container";
    public const string ContainerFactory = "ContainerFactory";
    public const string Metrics = "Metrics";
    public const string UpdateManager = "UpdateManager";

    /// <summary>By convention: what stands before the first colon of its id, as in <c>Container:id</c>.</summary>
    public static string OfId(string featureId)
    {
        var colon = featureId.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? featureId : featureId[..colon];
    }

    /// <summary>What stands in the middle of <c>namespace:name:version</c>; <see langword="null"/> if that is no definition.</summary>
    public static string? OfDefinition(string? definition) => definition?.Split(':') is [_, var name, _] ? name : null;

    /// <summary>An id by which the schemas know a feature of a family.</summary>
    public static string ConventionalId(string family) => family == Container ? "Container:x" : family;
}
