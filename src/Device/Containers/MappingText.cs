using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>Devices, ports and mounts as one text each (<c>kanto-container-management.md</c> 3.5 and 6).</summary>
internal static class MappingText
{
    /// <summary>Reads <c>host:container[:rwm]</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DeviceMapping? device)
    {
        device = text.Trim().Split(':') switch
        {
            [var host, var inside] => new DeviceMapping { PathOnHost = host, PathInContainer = inside, CgroupPermissions = "rwm" },
            [var host, var inside, { Length: 1 or 2 or 3 } rights] when !rights.AsSpan().ContainsAnyExcept("rwm") =>
                new DeviceMapping { PathOnHost = host, PathInContainer = inside, CgroupPermissions = rights },
            _ => null,
        };
        return device is not null;
    }

    /// <summary>Reads <c>[ip:]host[-end]:container[/proto]</c>; a host name is no address.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PortMapping? port)
    {
        var (ports, proto) = text.Trim().Split('/') switch
        {
            [var only] => (only, null),
            [var first, var last] => (first, last),
            _ => ("", (string?)null),
        };
        port = ports.Split(':') switch
        {
            [var host, var inside] => Port(null, host, inside, proto),
            [var address, var host, var inside] when IsAddress(address) => Port(address, host, inside, proto),
            _ => null,
        };
        return port is not null;
    }

    /// <summary>Reads <c>source:destination[:mode]</c>, the mode in lower case. An unknown mode is left for whoever checks the container.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MountPoint? mount)
    {
        mount = text.Trim().Split(':') switch
        {
            [var source, var destination] => new MountPoint { Source = source, Destination = destination, PropagationMode = "RPRIVATE" },
            [var source, var destination, var mode] => new MountPoint { Source = source, Destination = destination, PropagationMode = mode },
            _ => null,
        };
        return mount is not null;
    }

    /// <summary>The device as <see cref="TryParse(string, out DeviceMapping?)"/> reads it.</summary>
    public static string Of(DeviceMapping device) => string.Join(
        ':', new[] { device.PathOnHost, device.PathInContainer, device.CgroupPermissions }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The port as <see cref="TryParse(string, out PortMapping?)"/> reads it, without what is as by default but the protocol.</summary>
    public static string Of(PortMapping port)
    {
        var address = string.IsNullOrEmpty(port.HostIP) || port.HostIP == "0.0.0.0" ? "" : $"{port.HostIP}:";
        var end = port.HostPortEnd == 0 || port.HostPortEnd == port.HostPort ? "" : $"-{port.HostPortEnd}";
        var proto = string.IsNullOrEmpty(port.Proto) ? "" : $"/{port.Proto}";
        return $"{address}{port.HostPort}{end}:{port.ContainerPort}{proto}";
    }

    /// <summary>The mount as <see cref="TryParse(string, out MountPoint?)"/> reads it.</summary>
    public static string Of(MountPoint mount) => $"{mount.Source}:{mount.Destination}:{mount.PropagationMode?.ToLowerInvariant()}";

    private static PortMapping? Port(string? address, string host, string inside, string? proto)
    {
        var (first, last) = host.Split('-') switch
        {
            [var only] => (only, "0"),
            [var from, var to] => (from, to),
            _ => ("", ""),
        };
        return TryPort(first, out var hostPort) && TryPort(last, out var end) && TryPort(inside, out var containerPort)
            ? new PortMapping { HostIP = address, HostPort = hostPort, HostPortEnd = end, ContainerPort = containerPort, Proto = proto }
            : null;
    }

    private static bool TryPort(string text, out ushort port) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);

    // .NET also takes 127.1 and octal numbers, Go does not; an IPv6 address has too many colons for this text.
    private static bool IsAddress(string text) => IPAddress.TryParse(text, out var address) && address.ToString() == text;
}
