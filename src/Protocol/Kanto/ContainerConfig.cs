using System.Text.Json;
using System.Text.Json.Serialization;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>How a container is run: <c>status/config</c>, and the <c>config</c> argument of <c>createWithConfig</c> (<c>kanto-container-management.md</c> 3.2.2). Enumerations are text here: a command may carry two spellings, a report has only the upper-case one.</summary>
public sealed record ContainerConfig
{
    /// <summary>Domain name; default <c>&lt;name&gt;-domain</c>.</summary>
    public string? DomainName { get; init; }

    /// <summary>Host directories mounted into it.</summary>
    public IReadOnlyList<MountPoint>? MountPoints { get; init; }

    /// <summary>Host name; default <c>&lt;name&gt;-host</c>.</summary>
    public string? HostName { get; init; }

    /// <summary>Environment: <c>VAR=value</c>, <c>VAR=</c> or <c>VAR</c>.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Command line; default that of the image.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Keys for encrypted images.</summary>
    public Decryption? Decryption { get; init; }

    /// <summary>Host devices it may use.</summary>
    public IReadOnlyList<DeviceMapping>? Devices { get; init; }

    /// <summary>Whether it may do everything; default false.</summary>
    public bool Privileged { get; init; }

    /// <summary>When it is started again; default <c>UNLESS_STOPPED</c>.</summary>
    public RestartPolicy? RestartPolicy { get; init; }

    /// <summary>More host names: <c>name:ip</c>, <c>name:host_ip</c>, <c>name:host_ip_&lt;interface&gt;</c>.</summary>
    public IReadOnlyList<string>? ExtraHosts { get; init; }

    /// <summary>More Linux capabilities; not in the feature's model, but sent.</summary>
    public IReadOnlyList<string>? ExtraCapabilities { get; init; }

    /// <summary>Ports of the host that lead into it.</summary>
    public IReadOnlyList<PortMapping>? PortMappings { get; init; }

    /// <summary><c>BRIDGE</c> (default) or <c>HOST</c>.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>Whether its standard input stays open; default false.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Whether it has a terminal; default false.</summary>
    public bool Tty { get; init; }

    /// <summary>Where its output goes.</summary>
    public LogConfig? Log { get; init; }

    /// <summary>Its memory limits.</summary>
    public Resources? Resources { get; init; }

    /// <summary>Members that are not named above; they survive a round trip.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
