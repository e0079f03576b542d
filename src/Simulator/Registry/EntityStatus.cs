using System.Text.Json;

namespace Leda.Harness.Simulator.Registry;

/// <summary>What the registry itself knows of one of its entries.</summary>
/// <param name="Version">Names this state of the entry; each change gives a new one. Hono's entity tag, sent without quotes.</param>
/// <param name="Created">When it was registered.</param>
/// <param name="Updated">When it was last changed; <see langword="null"/> if never.</param>
/// <param name="LastUser">Who changed it last; <see langword="null"/> if nobody in particular.</param>
/// <param name="AutoProvisioned">Whether it was registered because a gateway spoke for it.</param>
public sealed record EntityStatus(
    string Version, DateTimeOffset Created, DateTimeOffset? Updated = null, string? LastUser = null, bool AutoProvisioned = false)
{
    private const string Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes the member <c>status</c> of a device.</summary>
    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("status");
        writer.WriteString("created", Created.UtcDateTime.ToString(Instant));
        if (Updated is { } updated)
            writer.WriteString("updated", updated.UtcDateTime.ToString(Instant));
        if (LastUser is not null)
            writer.WriteString("last-user", LastUser);
        writer.WriteBoolean("auto-provisioned", AutoProvisioned);
        writer.WriteBoolean("auto-provisioning-notification-sent", false);
        writer.WriteEndObject();
    }
}
