using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Leda.Harness.Device.Containers;

/// <summary>One more host name of a container, <c>name:address</c> (<c>kanto-container-management.md</c> 5.4). Checked only when the container
/// is started: what cannot be resolved is left out and logged.</summary>
/// <param name="Name">The name.</param>
/// <param name="Target">What it means.</param>
/// <param name="Value">The address, the interface (empty: the bridge) or the host name of another container.</param>
internal sealed record ExtraHost(string Name, ExtraHost.TargetKind Target, string Value)
{
    /// <summary>What a name may stand for.</summary>
    public enum TargetKind
    {
        /// <summary>An IPv4 address.</summary>
        Address,

        /// <summary>The host as its bridge or another interface shows it.</summary>
        Host,

        /// <summary>Another container on the bridge.</summary>
        Container,
    }

    private const string Bridge = "host_ip";
    private const string Interface = "host_ip_";
    private const string Container = "container_";

    /// <summary>Reads the text.</summary>
    /// <param name="text"><c>name:ip</c>, <c>name:host_ip</c>, <c>name:host_ip_&lt;interface&gt;</c> or <c>name:container_&lt;host name&gt;</c>.</param>
    /// <param name="host">The result.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ExtraHost? host, [NotNullWhen(false)] out string? problem)
    {
        host = text.Split(':') switch
        {
            [{ Length: > 0 } name, Bridge] => new(name, TargetKind.Host, ""),
            [{ Length: > 0 } name, { Length: > 8 } via] when via.StartsWith(Interface, StringComparison.Ordinal) => new(name, TargetKind.Host, via[Interface.Length..]),
            [{ Length: > 0 } name, { Length: > 10 } other] when other.StartsWith(Container, StringComparison.Ordinal) =>
                new(name, TargetKind.Container, other[Container.Length..]),
            [{ Length: > 0 } name, var address] when IPAddress.TryParse(address, out var ip) && ip.ToString() == address => new(name, TargetKind.Address, address),
            _ => null,
        };
        problem = host is null ? $"'{text}' is no extra host; expected name:ip, name:host_ip, name:host_ip_<interface> or name:container_<host name>" : null;
        return host is not null;
    }
}
