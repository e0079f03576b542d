namespace Leda.Harness.Simulator.Referee;

/// <summary>The kinds of features that the contract knows, each called as the model in its definition is.</summary>
internal static class FeatureFamily
{
    public const string SoftwareUpdatable = "SoftwareUpdatable";
    public const string Container = "Container";
    public const string ContainerFactory = "ContainerFactory";
    public const string Metrics = "Metrics";
    public const string UpdateManager = "UpdateManager";

    /// <summary>By the first of its definitions, <c>namespace:name:version</c>, else by what stands before the first colon of its id.</summary>
    public static string Of(string featureId, IReadOnlyList<string> definitions)
    {
        if (definitions.Count > 0 && NameIn(definitions[0]) is { } name)
            return name;
        var colon = featureId.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? featureId : featureId[..colon];
    }

    private static string? NameIn(ReadOnlySpan<char> definition)
    {
        Span<Range> parts = stackalloc Range[4];
        return definition.Split(parts, ':') == 3 ? definition[parts[1]].ToString() : null;
    }
}
