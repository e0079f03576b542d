namespace Leda.Harness.Device.Containers.Documents;

/// <summary>A container's place in one network.</summary>
internal sealed record NetworkDocument
{
    /// <summary>Id of the endpoint.</summary>
    public string? Id { get; init; }

    /// <summary>Address of the way out.</summary>
    public string? Gateway { get; init; }

    /// <summary>Its own address.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Its hardware address.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Id of the network.</summary>
    public string? NetworkId { get; init; }
}
