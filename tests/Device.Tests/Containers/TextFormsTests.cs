using Leda.Harness.Device.Containers;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>Ports, devices, mounts and hosts as one text each (section 6).</summary>
public sealed class TextFormsTests
{
    [Theory]
    [InlineData("80:8080", "80:8080")]
    [InlineData("80:8080/tcp", "80:8080/tcp")]
    [InlineData("80-90:8080/udp", "80-90:8080/udp")]
    [InlineData("127.0.0.1:80:8080", "127.0.0.1:80:8080")]
    [InlineData("0.0.0.0:80-80:8080", "80:8080")]
    [InlineData("localhost:80:8080", null)]
    [InlineData("127.1:80:8080", null)]
    [InlineData("80", null)]
    [InlineData("80:", null)]
    [InlineData(":80", null)]
    [InlineData("80-:8080", null)]
    [InlineData("80-90-95:8080", null)]
    [InlineData("80:8080/", null)]
    [InlineData("80:70000", null)]
    [InlineData("-1:80", null)]
    [InlineData(" 80:80", null)]
    [InlineData("1:2:3:4", null)]
    [InlineData("", null)]
    public void PortMapping_Text_IsReadAndWritten(string text, string? written)
    {
        Assert.Equal(written is not null, PortMappingText.TryParse(text, out var port, out var problem));
        Assert.Equal(written, port is null ? null : PortMappingText.Of(port));
        Assert.Equal(port is null, problem?.Contains($"'{text}'", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void PortMapping_AllParts_AreInTheirPlaces()
    {
        Assert.True(PortMappingText.TryParse("10.0.0.1:5000-5007:80/udp", out var port, out _));
        Assert.Equal(("10.0.0.1", 5000, 5007, 80, "udp"), (port.HostIP, port.HostPort, port.HostPortEnd, port.ContainerPort, port.Proto));
    }

    [Theory]
    [InlineData("/dev/a:/dev/b", "/dev/a:/dev/b:rwm")]
    [InlineData("/dev/a:/dev/b:r", "/dev/a:/dev/b:r")]
    [InlineData("/dev/a", null)]
    [InlineData("/dev/a:", null)]
    [InlineData(":/dev/b", null)]
    [InlineData("/dev/a:/dev/b:", null)]
    [InlineData("/dev/a:/dev/b:x", null)]
    [InlineData("/dev/a:/dev/b:rwmr", null)]
    [InlineData("/dev/a:/dev/b:r:w", null)]
    public void Device_Text_IsReadAndWritten(string text, string? written)
    {
        Assert.Equal(written is not null, DeviceMappingText.TryParse(text, out var device, out var problem));
        Assert.Equal(written, device is null ? null : DeviceMappingText.Of(device));
        Assert.Equal(device is null, problem is not null);
    }

    [Theory]
    [InlineData("/a:/b", "/a:/b:rprivate")]
    [InlineData("/a:/b:rshared", "/a:/b:rshared")]
    [InlineData("/a:/b:none", "/a:/b:none")]
    [InlineData("/a", null)]
    [InlineData("/a:", null)]
    [InlineData("/a:/b:", null)]
    [InlineData("/a:/b:slave:x", null)]
    public void Mount_Text_IsReadAndWritten(string text, string? written)
    {
        Assert.Equal(written is not null, MountPointText.TryParse(text, out var mount, out var problem));
        Assert.Equal(written, mount is null ? null : MountPointText.Of(mount));
        Assert.Equal(mount is null, problem is not null);
    }

    [Theory]
    [InlineData("a:10.0.0.1", "Address", "10.0.0.1")]
    [InlineData("a:host_ip", "Host", "")]
    [InlineData("a:host_ip_eth0", "Host", "eth0")]
    [InlineData("a:container_b-host", "Container", "b-host")]
    [InlineData("a:localhost", null, null)]
    [InlineData("a:host_ip_", null, null)]
    [InlineData("a:container_", null, null)]
    [InlineData(":10.0.0.1", null, null)]
    [InlineData("a", null, null)]
    [InlineData("a:::1", null, null)]
    public void ExtraHost_Text_IsRead(string text, string? target, string? value)
    {
        Assert.Equal(target is not null, ExtraHost.TryParse(text, out var host, out var problem));
        Assert.Equal((target, value), (host?.Target.ToString(), host?.Value));
        Assert.Equal(host is null, problem is not null);
    }
}
