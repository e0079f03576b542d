using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Simulator.Registry;

/// <summary>
/// Hono's device registry, in memory: tenants, their devices and those devices' credentials (<c>connectors-and-leda.md</c> 4.3 and 7.6). The
/// only place that changes them: one change at a time, each a new version. Readers get snapshots and never wait.
/// </summary>
/// <param name="time">Gives the instants of changes.</param>
/// <param name="ids">Gives versions, and the ids of what is created without one.</param>
public sealed partial class DeviceRegistry(TimeProvider time, IdSource ids)
{
    private static readonly JsonElement _empty = JsonText.Parse("{}");
    private static readonly JsonElement _gateway = JsonText.Parse($$"""{"authorities":["{{RegisteredDevice.AutoProvisioning}}"]}""");

    private readonly Lock _writing = new();
    private ImmutableArray<Action<RegistryChange>> _observers = [];
    private ImmutableSortedDictionary<string, RegisteredTenant> _tenants =
        ImmutableSortedDictionary.Create<string, RegisteredTenant>(StringComparer.Ordinal);

    /// <summary>All tenants at present, by id.</summary>
    public IEnumerable<RegisteredTenant> Tenants => Volatile.Read(ref _tenants).Values;

    /// <summary>Has someone told of every change from now on, in order, while the registry is held: be quick, and change nothing in it.</summary>
    public void Observe(Action<RegistryChange> observer)
    {
        lock (_writing)
            _observers = _observers.Add(observer);
    }

    /// <summary>The tenant of that id, or <see langword="null"/>.</summary>
    public RegisteredTenant? Find(string tenant) => Volatile.Read(ref _tenants).GetValueOrDefault(tenant);

    /// <summary>The device of that tenant, or <see langword="null"/>.</summary>
    public RegisteredDevice? Find(string tenant, string device) => Find(tenant)?.Devices.GetValueOrDefault(device);

    /// <summary>Registers a tenant.</summary>
    /// <param name="id">Its id; <see langword="null"/> lets the registry choose one.</param>
    /// <param name="data">What is registered; <see langword="null"/> for nothing in particular.</param>
    /// <returns>201, 400 or 409.</returns>
    public RegistryOutcome CreateTenant(string? id, JsonElement? data = null)
    {
        if (id is not null && !TenantPattern().IsMatch(id))
            return RegistryOutcome.Invalid($"The tenant id '{id}' is invalid; letters, digits and - _ . may be in it.");
        if (EntityShape.Tenant.WhatIsWrong(data ?? _empty) is { } wrong)
            return RegistryOutcome.Invalid(wrong);
        lock (_writing)
        {
            id ??= NewId(i => Find(i) is null);
            return Find(id) is null
                ? new RegistryOutcome(201, id, Store(NewTenant(id, data ?? _empty), null).Status.Version)
                : RegistryOutcome.Conflict($"The tenant '{id}' exists already. Change it with PUT.");
        }
    }

    /// <summary>Replaces what is registered for a tenant; its devices stay.</summary>
    /// <param name="id">The tenant.</param>
    /// <param name="data">What takes its place.</param>
    /// <param name="version">The version that it must have; <see langword="null"/> for any.</param>
    /// <returns>204, 400, 404 or 412.</returns>
    public RegistryOutcome UpdateTenant(string id, JsonElement data, string? version = null)
    {
        if (EntityShape.Tenant.WhatIsWrong(data) is { } wrong)
            return RegistryOutcome.Invalid(wrong);
        lock (_writing)
        {
            if (Find(id) is not { } tenant)
                return RegistryOutcome.NoTenant(id);
            return Mismatch(version, tenant.Status.Version)
                ?? Changed(Store(tenant with { Data = data, Status = Next(tenant.Status, null) }, null).Status.Version);
        }
    }

    /// <summary>Deletes a tenant with all that is its.</summary>
    /// <returns>204, 404 or 412.</returns>
    public RegistryOutcome DeleteTenant(string id, string? version = null)
    {
        lock (_writing)
        {
            if (Find(id) is not { } tenant)
                return RegistryOutcome.NoTenant(id);
            if (Mismatch(version, tenant.Status.Version) is { } mismatch)
                return mismatch;
            DeleteDevices(id);
            Volatile.Write(ref _tenants, _tenants.Remove(id));
            Tell(new RegistryChange(id, null, null));
            return Changed(null);
        }
    }

    /// <summary>Registers a device of a tenant that exists.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The device's id; <see langword="null"/> lets the registry choose one.</param>
    /// <param name="data">What is registered; <see langword="null"/> for nothing in particular.</param>
    /// <param name="user">Who does it.</param>
    /// <returns>201, 400, 403 (the tenant may not have more), 404 (no such tenant) or 409.</returns>
    public RegistryOutcome CreateDevice(string tenant, string? id, JsonElement? data = null, string? user = null)
    {
        if (id is not null && !DevicePattern().IsMatch(id))
            return RegistryOutcome.Invalid($"The device id '{id}' is invalid; letters, digits and - _ . : = may be in it.");
        if (WhatIsWrong(data ?? _empty) is { } wrong)
            return RegistryOutcome.Invalid(wrong);
        lock (_writing)
        {
            if (Find(tenant) is not { } home)
                return RegistryOutcome.NoTenant(tenant);
            id ??= NewId(i => !home.Devices.ContainsKey(i));
            if (home.Devices.ContainsKey(id))
                return RegistryOutcome.Conflict($"The tenant '{tenant}' has a device '{id}' already. Change it with PUT.");
            if (home.Limit("max-devices") <= home.Devices.Count)
                return RegistryOutcome.Forbidden($"The tenant '{tenant}' has as many devices as its registration-limits allow.");
            var device = NewDevice(id, data ?? _empty, user, false);
            Store(home.With(device), id);
            return new RegistryOutcome(201, id, device.Status.Version);
        }
    }

    /// <summary>Replaces what is registered for a device; its credentials stay.</summary>
    /// <returns>204, 400, 404 or 412.</returns>
    public RegistryOutcome UpdateDevice(string tenant, string id, JsonElement data, string? version = null, string? user = null)
    {
        if (WhatIsWrong(data) is { } wrong)
            return RegistryOutcome.Invalid(wrong);
        lock (_writing)
        {
            if (Find(tenant) is not { } home || !home.Devices.TryGetValue(id, out var device))
                return Missing(tenant, id);
            if (Mismatch(version, device.Status.Version) is { } mismatch)
                return mismatch;
            var after = device with { Data = WithoutStatus(data), Status = Next(device.Status, user) };
            Store(home.With(after), id);
            return Changed(after.Status.Version);
        }
    }

    /// <summary>Deletes a device and its credentials; devices that it was the gateway of stay.</summary>
    /// <returns>204, 404 or 412.</returns>
    public RegistryOutcome DeleteDevice(string tenant, string id, string? version = null)
    {
        lock (_writing)
        {
            if (Find(tenant) is not { } home || !home.Devices.TryGetValue(id, out var device))
                return Missing(tenant, id);
            if (Mismatch(version, device.Status.Version) is { } mismatch)
                return mismatch;
            Store(home.Without(id), id);
            return Changed(null);
        }
    }

    /// <summary>Deletes all devices of a tenant.</summary>
    /// <returns>204 or 404.</returns>
    public RegistryOutcome DeleteDevices(string tenant)
    {
        lock (_writing)
        {
            if (Find(tenant) is not { } home)
                return RegistryOutcome.NoTenant(tenant);
            foreach (var id in home.Devices.Keys)
                Store(home = home.Without(id), id);
            return Changed(null);
        }
    }

    /// <summary>Replaces the credentials of a device. Plain passwords are kept only hashed; a secret that names the id of an old one keeps
    /// what is confidential in it.</summary>
    /// <returns>204, 400, 403 (more than the tenant allows), 404, 409 (another device has them) or 412.</returns>
    public RegistryOutcome SetCredentials(string tenant, string id, JsonElement set, string? version = null)
    {
        lock (_writing)
        {
            if (Find(tenant) is not { } home || !home.Devices.TryGetValue(id, out var device))
                return Missing(tenant, id);
            if (Mismatch(version, device.CredentialsVersion) is { } mismatch)
                return mismatch;
            if (!new CredentialsReader(device.Credentials, ids).TryRead(set, out var credentials, out var problem))
                return RegistryOutcome.Invalid(problem);
            if (home.Limit("max-credentials-per-device") < credentials.Length)
                return RegistryOutcome.Forbidden($"The registration-limits of the tenant '{tenant}' allow less credentials per device.");
            if (credentials.FirstOrDefault(c => home.Owners.TryGetValue((c.Type, c.AuthId), out var owner) && owner != id) is { } taken)
                return RegistryOutcome.Conflict($"Another device of the tenant has the credentials '{taken.Type}' '{taken.AuthId}'. Choose another 'auth-id'.");
            var after = device with { Credentials = credentials, CredentialsVersion = ids.NewUuid() };
            Store(home.With(after), id);
            return Changed(after.CredentialsVersion);
        }
    }

    /// <summary>Registers a gateway that the harness trusts, and its tenant, unless they are there: it may bring its children with it.</summary>
    public void Welcome(GatewayIdentity gateway)
    {
        lock (_writing)
        {
            var tenant = Find(gateway.TenantId) ?? Store(NewTenant(gateway.TenantId, _empty), null);
            if (!tenant.Devices.ContainsKey(gateway.DeviceId))
                Store(tenant.With(NewDevice(gateway.DeviceId, _gateway, null, false)), gateway.DeviceId);
        }
    }

    /// <summary>A gateway speaks for a device: if it may bring its children with it and this one is unknown, it is registered as
    /// <c>via</c> that gateway (<c>connectors-and-leda.md</c> 7.6).</summary>
    public void Provision(GatewayIdentity gateway, string device)
    {
        if (device == gateway.DeviceId || Find(gateway.TenantId, device) is not null)
            return;
        lock (_writing)
        {
            if (Find(gateway.TenantId) is not { } tenant || tenant.Devices.ContainsKey(device)
                || !tenant.Devices.TryGetValue(gateway.DeviceId, out var parent) || !parent.Authorities.Contains(RegisteredDevice.AutoProvisioning))
                return;
            var via = JsonText.Build(writer =>
            {
                writer.WriteStartObject();
                writer.WriteStartArray("via");
                writer.WriteStringValue(gateway.DeviceId);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            Store(tenant.With(NewDevice(device, via, null, true)), device);
        }
    }

    /// <summary>Puts back a tenant with its devices as it was before a restart; nobody is told.</summary>
    internal void Restore(RegisteredTenant tenant)
    {
        lock (_writing)
            Volatile.Write(ref _tenants, _tenants.SetItem(tenant.Id, tenant));
    }

    private static RegistryOutcome Changed(string? version) => new(204, Version: version);

    private static RegistryOutcome? Mismatch(string? expected, string version) =>
        expected is null || expected == version ? null : RegistryOutcome.OtherVersion(version);

    private static string? WhatIsWrong(JsonElement device)
    {
        if (EntityShape.Device.WhatIsWrong(device) is { } wrong)
            return wrong;
        return device.TryGetProperty("memberOf", out _) && (device.TryGetProperty("via", out _) || device.TryGetProperty("viaGroups", out _))
            ? "A device has either 'memberOf', or 'via' and 'viaGroups'."
            : null;
    }

    /// <summary>The status is the registry's own business, whatever a client that read it before sends back.</summary>
    private static JsonElement WithoutStatus(JsonElement data) =>
        data.TryGetProperty("status", out _) ? JsonPointer.Parse("/status").Remove(data) : data;

    private RegistryOutcome Missing(string tenant, string device) =>
        Find(tenant) is null ? RegistryOutcome.NoTenant(tenant) : RegistryOutcome.NoDevice(tenant, device);

    private string NewId(Predicate<string> isFree)
    {
        var id = ids.NewUuid();
        while (!isFree(id))
            id = ids.NewUuid();
        return id;
    }

    private RegisteredTenant NewTenant(string id, JsonElement data) =>
        new() { Id = id, Data = data, Status = new EntityStatus(ids.NewUuid(), time.GetUtcNow()) };

    private RegisteredDevice NewDevice(string id, JsonElement data, string? user, bool autoProvisioned) => new()
    {
        Id = id,
        Data = WithoutStatus(data),
        Status = new EntityStatus(ids.NewUuid(), time.GetUtcNow(), null, user, autoProvisioned),
        CredentialsVersion = ids.NewUuid(),
    };

    private EntityStatus Next(EntityStatus status, string? user) =>
        status with { Version = ids.NewUuid(), Updated = time.GetUtcNow(), LastUser = user };

    private RegisteredTenant Store(RegisteredTenant tenant, string? device)
    {
        Volatile.Write(ref _tenants, _tenants.SetItem(tenant.Id, tenant));
        Tell(new RegistryChange(tenant.Id, device, tenant));
        return tenant;
    }

    private void Tell(RegistryChange change)
    {
        foreach (var observer in _observers)
            observer(change);
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9\-_.]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex TenantPattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9\-_.:=]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DevicePattern();
}
