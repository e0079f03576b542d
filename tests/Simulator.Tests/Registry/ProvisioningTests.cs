using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Simulator.Registry;
using Microsoft.Extensions.Time.Testing;

namespace Leda.Harness.Simulator.Tests.Registry;

public sealed class ProvisioningTests
{
    private static readonly GatewayIdentity _gateway = new("ns:gw", "t1");

    private readonly DeviceRegistry _registry = new(new FakeTimeProvider(), new IdSource(1));

    [Fact]
    public void Welcome_RegistersTenantAndGateway_Once()
    {
        _registry.Welcome(_gateway);
        var version = _registry.Find("t1", "ns:gw")!.Status.Version;
        _registry.Welcome(_gateway);

        Assert.Equal(version, _registry.Find("t1", "ns:gw")!.Status.Version);
        Assert.Equal([RegisteredDevice.AutoProvisioning], _registry.Find("t1", "ns:gw")!.Authorities);
    }

    [Fact]
    public void Provision_OfAChild_IsViaTheGateway()
    {
        _registry.Welcome(_gateway);

        _registry.Provision(_gateway, "ns:gw:child");

        var child = _registry.Find("t1", "ns:gw:child")!;
        Assert.Equal(["ns:gw"], child.Via);
        Assert.True(child.Status.AutoProvisioned);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    public void Provision_ByAGatewayThatMayNot_RegistersNothing(string? data)
    {
        _registry.CreateTenant("t1");
        if (data is not null)
            _registry.CreateDevice("t1", "ns:gw", JsonText.Parse(data));

        _registry.Provision(_gateway, "ns:gw:child");

        Assert.Null(_registry.Find("t1", "ns:gw:child"));
    }
}
