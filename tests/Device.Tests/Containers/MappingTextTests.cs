using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Tests.Containers;

/// <summary>Devices, ports and mounts as one text each: sections 3.5 and 6 of the reference.</summary>
public sealed class MappingTextTests
{
    [Theory]
    [InlineData("80:8080", null, 80, 0, 8080, null)]
    [InlineData(" 80:8080/udp ", null, 80, 0, 8080, "udp")]
    [InlineData("5000-6000:81/tcp", null, 5000, 6000, 81, "tcp")]
    [InlineData("0.0.0.0:80-100:80", "0.0.0.0", 80, 100, 80, null)]
    [InlineData("192.168.1.7:80:80", "192.168.1.7", 80, 0, 80, null)]
    [InlineData("0:65535", null, 0, 0, 65535, null)]
    public void TryParse_Port_ReadsItsParts(string text, string? address, int host, int end, int inside, string? proto)
    {
        Assert.True(MappingText.TryParse(text, out PortMapping? port));
        Assert.Equal(
            new PortMapping { HostIP = address, HostPort = (ushort)host, HostPortEnd = (ushort)end, ContainerPort = (ushort)inside, Proto = proto }, port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData(":80")]
    [InlineData("80:")]
    [InlineData("localhost:8080:80")]
    [InlineData("127.1:8080:80")]
    [InlineData("010.0.0.1:8080:80")]
    [InlineData("::1:8080:80")]
    [InlineData("65536:80")]
    [InlineData("-1:80")]
    [InlineData("1-2-3:80")]
    [InlineData("80:80/tcp/udp")]
    [InlineData("1:2:3:4")]
    [InlineData("a:b")]
    public void TryParse_NoPort_IsRefused(string text) => Assert.False(MappingText.TryParse(text, out PortMapping? _));

    [Theory]
    [InlineData("/dev/a:/dev/b", "/dev/b", "rwm")]
    [InlineData("/dev/a:/dev/b:r", "/dev/b", "r")]
    [InlineData("/dev/a:/dev/b:mw", "/dev/b", "mw")]
    public void TryParse_Device_ReadsItsParts(string text, string inside, string rights)
    {
        Assert.True(MappingText.TryParse(text, out DeviceMapping? device));
        Assert.Equal(new DeviceMapping { PathOnHost = "/dev/a", PathInContainer = inside, CgroupPermissions = rights }, device);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/dev/a")]
    [InlineData("/dev/a:/dev/b:")]
    [InlineData("/dev/a:/dev/b:x")]
    [InlineData("/dev/a:/dev/b:rwmr")]
    [InlineData("/dev/a:/dev/b:r:w")]
    public void TryParse_NoDevice_IsRefused(string text) => Assert.False(MappingText.TryParse(text, out DeviceMapping? _));

    [Theory]
    [InlineData("/a:/b", "RPRIVATE")]
    [InlineData("/a:/b:shared", "shared")]
    [InlineData("/a:/b:sideways", "sideways")]
    public void TryParse_Mount_ReadsItsPartsAndLeavesTheModeToOthers(string text, string mode)
    {
        Assert.True(MappingText.TryParse(text, out MountPoint? mount));
        Assert.Equal(new MountPoint { Source = "/a", Destination = "/b", PropagationMode = mode }, mount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("/a:/b:shared:more")]
    public void TryParse_NoMount_IsRefused(string text) => Assert.False(MappingText.TryParse(text, out MountPoint? _));

    [Fact]
    public void Of_NothingButRequired_LeavesTheRestOut()
    {
        Assert.Equal("80:8080", MappingText.Of(new PortMapping { HostPort = 80, HostPortEnd = 80, HostIP = "0.0.0.0", ContainerPort = 8080 }));
        Assert.Equal("/a", MappingText.Of(new DeviceMapping { PathOnHost = "/a" }));
        Assert.Equal("/a:/b:rshared", MappingText.Of(new MountPoint { Source = "/a", Destination = "/b", PropagationMode = "RSHARED" }));
    }
}
