using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Leda.Harness.Device.Containers;

namespace Leda.Harness.Device.Engines.Containerd.Runtime;

/// <summary>
/// A container's <c>/etc/hosts</c>, <c>/etc/hostname</c> and <c>/etc/resolv.conf</c>, written anew for each start. In network mode
/// <c>HOST</c> they are the machine's, with the extra hosts.
/// </summary>
/// <param name="container">Whose they are.</param>
/// <param name="directory">Where they are.</param>
/// <param name="log">Told about extra hosts that cannot be resolved and are left out.</param>
internal sealed class NetworkFiles(Container container, string directory, Action<string> log)
{
    /// <summary>The bridge of the original, whose address <c>host_ip</c> means (<c>kanto-container-management.md</c> 5.4).</summary>
    private const string Bridge = "kanto-cm0";

    private const string MachineHosts = "/etc/hosts";
    private const string MachineResolver = "/etc/resolv.conf";

    private const string Loopback = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";

    /// <summary>The name that the container has.</summary>
    public string HostName { get; } = container.SharesNetwork ? Dns.GetHostName() : container.Config.HostName!;

    /// <summary>Writes the files and gives their mounts.</summary>
    /// <exception cref="EngineException">An extra host is not of the form <c>name:address</c>.</exception>
    public IReadOnlyList<SpecMount> Write()
    {
        var hosts = container.SharesNetwork ? ReadOrNothing(MachineHosts) : $"{Loopback}127.0.1.1\t{HostName}\n";
        return
        [
            Write("resolv.conf", ReadOrNothing(MachineResolver)),
            Write("hostname", $"{HostName}\n"),
            Write("hosts", hosts + string.Concat((container.Config.ExtraHosts ?? []).Select(Line))),
        ];
    }

    private SpecMount Write(string name, string content)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, content);
        return new SpecMount($"/etc/{name}", "bind", path, ["rbind", "rprivate"]);
    }

    private string Line(string extra)
    {
        if (extra.Split(':') is not [{ Length: > 0 } name, { Length: > 0 } address])
            throw new EngineException($"invalid extra host {extra}: expected name:address, name:host_ip or name:host_ip_<interface>");
        var resolved = address switch
        {
            "host_ip" => AddressOf(Bridge) ?? AddressOf(null),
            _ when address.StartsWith("host_ip_", StringComparison.Ordinal) => AddressOf(address["host_ip_".Length..]),
            _ => IPAddress.TryParse(address, out var literal) ? literal : null,
        };
        if (resolved is not null)
            return $"{resolved}\t{name}\n";
        log($"container {container.Id}: the extra host {extra} cannot be resolved and is left out");
        return "";
    }

    /// <summary>The address of an interface, or of any that leads out of this machine.</summary>
    private static IPAddress? AddressOf(string? networkInterface) => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => networkInterface is null ? i.NetworkInterfaceType != NetworkInterfaceType.Loopback : i.Name == networkInterface)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork);

    private static string ReadOrNothing(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
