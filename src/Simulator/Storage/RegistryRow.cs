using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Registry;

namespace Leda.Harness.Simulator.Storage;

/// <summary>A tenant or a device as a row. Their versions are no numbers, so nothing is kept of what is gone.</summary>
internal static class RegistryRow
{
    public static StoredKind KindOf(RegistryChange change) => change.DeviceId is null ? StoredKind.Tenants : StoredKind.Devices;

    public static string KeyOf(RegistryChange change) => change.DeviceId is null
        ? change.TenantId
        : $"{Uri.EscapeDataString(change.TenantId)}/{change.DeviceId}";

    public static StoredRow Of(RegistryChange change)
    {
        var text = change switch
        {
            { DeviceId: null, Tenant: { } tenant } => Write(tenant),
            { Device: { } device } => Write(change.TenantId, device),
            _ => null,
        };
        return new StoredRow(KindOf(change), KeyOf(change), 0, text);
    }

    public static void Restore(Database database, DeviceRegistry registry)
    {
        var tenants = new Dictionary<string, RegisteredTenant>();
        foreach (var kind in new[] { StoredKind.Tenants, StoredKind.Devices })
        {
            database.Restore(kind, row =>
            {
                var json = JsonText.Parse(row.Body!);
                var id = json.GetProperty("tenant").GetString()!;
                tenants[id] = kind == StoredKind.Tenants
                    ? new RegisteredTenant { Id = id, Data = json.GetProperty("data"), Status = StatusOf(json) }
                    : tenants[id].With(ReadDevice(json));
            });
        }

        foreach (var tenant in tenants.Values)
            registry.Restore(tenant);
    }

    private static string Write(RegisteredTenant tenant) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tenant", tenant.Id);
        WriteEntity(writer, tenant.Data, tenant.Status);
        writer.WriteEndObject();
    }).GetRawText();

    private static string Write(string tenant, RegisteredDevice device) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("tenant", tenant);
        writer.WriteString("device", device.Id);
        WriteEntity(writer, device.Data, device.Status);
        writer.WriteString("credentialsVersion", device.CredentialsVersion);
        writer.WriteStartArray("credentials");
        foreach (var credential in device.Credentials)
            credential.Data.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }).GetRawText();

    private static RegisteredDevice ReadDevice(JsonElement json) => new()
    {
        Id = json.GetProperty("device").GetString()!,
        Data = json.GetProperty("data"),
        Status = StatusOf(json),
        CredentialsVersion = json.GetProperty("credentialsVersion").GetString()!,
        Credentials = json.GetProperty("credentials").EnumerateArray()
            .Select(c => new Credential(c.GetProperty("type").GetString()!, c.GetProperty("auth-id").GetString()!, c)).ToImmutableArray(),
    };

    private static void WriteEntity(Utf8JsonWriter writer, JsonElement data, EntityStatus status)
    {
        writer.WritePropertyName("data");
        data.WriteTo(writer);
        writer.WriteString("version", status.Version);
        writer.WriteString("created", status.Created);
        if (status.Updated is { } updated)
            writer.WriteString("updated", updated);
        if (status.LastUser is { } user)
            writer.WriteString("user", user);
        writer.WriteBoolean("autoProvisioned", status.AutoProvisioned);
    }

    private static EntityStatus StatusOf(JsonElement json) => new(
        json.GetProperty("version").GetString()!,
        json.GetProperty("created").GetDateTimeOffset(),
        json.TryGetProperty("updated", out var updated) ? updated.GetDateTimeOffset() : null,
        json.TryGetProperty("user", out var user) ? user.GetString() : null,
        json.GetProperty("autoProvisioned").GetBoolean());
}
