using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Leda.Harness.Protocol.Kanto;

namespace Leda.Harness.Device.Containers;

/// <summary>A port as one text, <c>[ip:]host[-end]:container[/proto]</c> (<c>kanto-container-management.md</c> 6).</summary>
internal static class PortMappingText
{
    /// <summary>Reads the text; what it does not say is left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="port">The result.</param>
    /// <param name="problem">What is wrong, for people. A host name is no address: <c>localhost:80:80</c> is refused (3.5).</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out PortMapping? port, [NotNullWhen(false)] out string? problem)
    {
        port = text.Split(':') switch
        {
            [var host, var inside] => Make(null, host, inside),
            [var address, var host, var inside] when IsAddress(address) => Make(address, host, inside),
            _ => null,
        };
        problem = port is null ? $"'{text}' is no port mapping; expected [ip:]host[-end]:container[/proto]" : null;
        return port is not null;
    }

    /// <summary>The text of a mapping, without what is as by default but the protocol, which the original always writes (3.5).</summary>
    public static string Of(PortMapping port)
    {
        var address = string.IsNullOrEmpty(port.HostIP) || port.HostIP == "0.0.0.0" ? "" : $"{port.HostIP}:";
        var end = port.HostPortEnd == 0 || port.HostPortEnd == port.HostPort ? "" : $"-{port.HostPortEnd}";
        var proto = string.IsNullOrEmpty(port.Proto) ? "" : $"/{port.Proto}";
        return $"{address}{port.HostPort}{end}:{port.ContainerPort}{proto}";
    }

    private static PortMapping? Make(string? address, string host, string inside)
    {
        var (container, proto) = Parts(inside, '/');
        var (first, last) = Parts(host, '-');
        return TryPort(first, out var hostPort) && TryPort(last ?? first, out var end) && TryPort(container, out var containerPort) && proto != ""
            ? new PortMapping { HostIP = address, HostPort = hostPort, HostPortEnd = last is null ? (ushort)0 : end, ContainerPort = containerPort, Proto = proto }
            : null;
    }

    private static (string First, string? Second) Parts(string text, char between) =>
        text.IndexOf(between, StringComparison.Ordinal) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);

    private static bool TryPort(string text, out ushort port) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);

    // .NET also takes 127.1 and octal numbers, Go does not.
    private static bool IsAddress(string text) => IPAddress.TryParse(text, out var address) && address.ToString() == text;
}
