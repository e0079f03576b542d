namespace Leda.Harness.Protocol.Updates;

/// <summary>What one domain of a device is to have.</summary>
public sealed record UpdateDomain
{
    /// <summary>The domain's key for the containers that must not be touched, separated by commas.</summary>
    public const string SystemContainers = "systemContainers";

    /// <summary>The domain, for example <c>containers</c>.</summary>
    public string? Id { get; init; }

    /// <summary>Settings of the domain.</summary>
    public IReadOnlyList<KeyValue?>? Config { get; init; }

    /// <summary>All components that there are to be; what is not mentioned has to go.</summary>
    public IReadOnlyList<DesiredComponent?>? Components { get; init; }
}
