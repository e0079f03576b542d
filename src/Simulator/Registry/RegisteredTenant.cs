using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Registry;

/// <summary>A tenant with its devices. Immutable: who holds one holds a snapshot.</summary>
public sealed record RegisteredTenant
{
    /// <summary>The tenant's id.</summary>
    public required string Id { get; init; }

    /// <summary>What was registered, a JSON object.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>Version and instants.</summary>
    public required EntityStatus Status { get; init; }

    /// <summary>The tenant's devices by id, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, RegisteredDevice> Devices { get; init; } =
        ImmutableSortedDictionary.Create<string, RegisteredDevice>(StringComparer.Ordinal);

    /// <summary>Whose credentials are known by a type and an authentication id; both together are unique in a tenant.</summary>
    internal ImmutableDictionary<(string Type, string AuthId), string> Owners { get; init; } =
        ImmutableDictionary<(string, string), string>.Empty;

    /// <summary>The tenant as a search shows it: its id and what was registered.</summary>
    public JsonElement ToSearchJson() => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        foreach (var member in Data.EnumerateObject())
            member.WriteTo(writer);
        writer.WriteEndObject();
    });

    /// <summary>A limit that the tenant's <c>registration-limits</c> set; <see langword="null"/> for none.</summary>
    internal long? Limit(string name) =>
        Data.TryGetProperty("registration-limits", out var limits) && limits.TryGetProperty(name, out var limit)
        && limit.TryGetInt64(out var number) && number >= 0
            ? number
            : null;

    /// <summary>This tenant with a device, new or in another state.</summary>
    internal RegisteredTenant With(RegisteredDevice device) => Without(device.Id) with
    {
        Devices = Devices.SetItem(device.Id, device),
        Owners = Unowned(device.Id).SetItems(device.Credentials.Select(c => KeyValuePair.Create((c.Type, c.AuthId), device.Id))),
    };

    /// <summary>This tenant without a device and its credentials.</summary>
    internal RegisteredTenant Without(string device) => this with { Devices = Devices.Remove(device), Owners = Unowned(device) };

    private ImmutableDictionary<(string Type, string AuthId), string> Unowned(string device) =>
        Devices.TryGetValue(device, out var known) ? Owners.RemoveRange(known.Credentials.Select(c => (c.Type, c.AuthId))) : Owners;
}
