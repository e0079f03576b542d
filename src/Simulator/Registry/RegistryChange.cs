namespace Leda.Harness.Simulator.Registry;

/// <summary>Something in the registry was created, changed or deleted.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="DeviceId">The device of the tenant; <see langword="null"/> if it is the tenant itself that changed.</param>
/// <param name="Tenant">The tenant now; <see langword="null"/> if it is gone.</param>
public sealed record RegistryChange(string TenantId, string? DeviceId, RegisteredTenant? Tenant)
{
    /// <summary>The device now; <see langword="null"/> if it is gone, or if it is the tenant that changed.</summary>
    public RegisteredDevice? Device => DeviceId is null ? null : Tenant?.Devices.GetValueOrDefault(DeviceId);
}
