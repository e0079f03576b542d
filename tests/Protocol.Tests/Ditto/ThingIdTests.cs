using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Protocol.Tests.Ditto;

public sealed class ThingIdTests
{
    [Theory]
    [InlineData("foo:bar", "foo", "bar")]
    [InlineData("dummy-namespace:dummy-gateway:dummy-device-id", "dummy-namespace", "dummy-gateway:dummy-device-id")]
    [InlineData("azure.edge:fleet-hub:car-7:edge:containers", "azure.edge", "fleet-hub:car-7:edge:containers")]
    [InlineData(":lamp", "", "lamp")]
    [InlineData("a_1.b-c:x y#%&", "a_1.b-c", "x y#%&")]
    public void Parse_Id_SplitsAtTheFirstColonAndComesBack(string text, string ns, string name)
    {
        var id = ThingId.Parse(text);

        Assert.Equal(ns, id.Namespace);
        Assert.Equal(name, id.Name);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("nocolon", "no ':'")]
    [InlineData("a:", "name")]
    [InlineData(":", "name")]
    [InlineData("1a:b", "namespace")]
    [InlineData("a..b:c", "namespace")]
    [InlineData("-a:c", "namespace")]
    [InlineData("a:b/c", "name")]
    [InlineData("a:b\u0001", "name")]
    public void TryParse_NoId_NamesTheBadPart(string? text, string part)
    {
        Assert.False(ThingId.TryParse(text, out _, out var problem));
        Assert.Contains(part, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_LongerThanDittoAccepts_IsRefused()
    {
        Assert.True(ThingId.TryParse("a:" + new string('x', 254), out _, out _));
        Assert.False(ThingId.TryParse("a:" + new string('x', 255), out _, out _));
    }

    [Fact]
    public void Child_OfAGateway_AppendsTheSuffix() =>
        Assert.Equal("ns:gw:dev:edge:containers", ThingId.Parse("ns:gw:dev").Child("edge:containers").ToString());
}
