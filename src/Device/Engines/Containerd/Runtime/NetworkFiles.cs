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
    /// <exception cref="EngineException">An extra host is none.</exception>
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
        if (!ExtraHost.TryParse(extra, out var host, out var problem))
            throw new EngineException(problem);
        var resolved = host.Target switch
        {
            ExtraHost.TargetKind.Address => host.Value,
            ExtraHost.TargetKind.Host => AddressOf(host.Value)?.ToString(),
            _ => null, // without a bridge no container sees another
        };
        if (resolved is not null)
            return $"{resolved}\t{host.Name}\n";
        log($"container {container.Id}: the extra host {extra} cannot be resolved and is left out");
        return "";
    }

    /// <summary>The address of an interface; of the bridge, or of any that leads out of this machine, if none is named.</summary>
    private static IPAddress? AddressOf(string networkInterface) => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => networkInterface.Length == 0 ? i.NetworkInterfaceType != NetworkInterfaceType.Loopback : i.Name == networkInterface)
        .OrderByDescending(i => i.Name == Bridge)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork);

    private static string ReadOrNothing(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
