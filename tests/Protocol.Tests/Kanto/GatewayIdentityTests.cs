using System.Text;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Protocol.Tests.Kanto;

public sealed class GatewayIdentityTests
{
    [Theory]
    [InlineData("""{"deviceId":"ns:gw:dev","tenantId":"t"}""", "ns:gw:dev", "t", null)]
    [InlineData("""{"deviceId":"ns:gw:dev","tenantId":"t","policyId":"ns:p"}""", "ns:gw:dev", "t", "ns:p")]
    [InlineData("""{"DEVICEID":"d","TenantID":"t","more":1,"policyId":null}""", "d", "t", null)]
    [InlineData("""{"tenantId":"t"}""", "", "t", null)]
    public void TryParse_Announcement_IsReadAsGoReadsIt(string text, string device, string tenant, string? policy)
    {
        Assert.True(GatewayIdentity.TryParse(Encoding.UTF8.GetBytes(text), out var identity, out _));
        Assert.Equal(new GatewayIdentity(device, tenant, policy), identity);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"deviceId":1,"tenantId":"t"}""")]
    public void TryParse_NoAnnouncement_IsRefusedWithAReason(string text)
    {
        Assert.False(GatewayIdentity.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void ToUtf8_WithoutPolicy_LeavesItOut() => Assert.Equal(
        """{"deviceId":"ns:gw:dev","tenantId":"t"}""", Encoding.UTF8.GetString(new GatewayIdentity("ns:gw:dev", "t").ToUtf8()));
}
