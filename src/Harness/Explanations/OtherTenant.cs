using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Explanations;

/// <summary>It came for another tenant.</summary>
internal sealed class OtherTenant : RepairedMessage
{
    /// <inheritdoc/>
    protected override (JournalEntry Entry, string Text)? Repair(PublishedMessage message, DeviceTopic bus, Envelope envelope, Awaited awaited)
    {
        var tenant = awaited.Gateway.TenantId;
        return bus.Tenant.Length == 0 || bus.Tenant == tenant
            ? null
            : (message.With(tenant, bus.Device, envelope), $"it came for the tenant '{bus.Tenant}' on {bus}; the gateway's tenant is '{tenant}', as edge/thing/response tells it");
    }
}
