using System.Globalization;
using Leda.Harness.Device.Containers;
using Leda.Harness.Protocol.Kanto;
using Leda.Harness.Protocol.Updates;

namespace Leda.Harness.Device.Updates;

/// <summary>
/// Reads the configuration of a desired component as a container (<c>kanto-container-management.md</c> 3.5). As in the original, a text
/// that cannot be read counts as not given, which is only said in the log; unknown keys, those of the inventory among them, are left alone.
/// </summary>
internal sealed class ComponentConfig
{
    private readonly string _name;
    private readonly Action<string> _log;
    private readonly ILookup<string, string> _values;

    private ComponentConfig(DesiredComponent component, string name, Action<string> log)
    {
        _name = name;
        _log = log;
        _values = (component.Config ?? []).ToLookup(pair => pair?.Key ?? "", pair => pair?.Value ?? "", StringComparer.Ordinal);
    }

    /// <summary>The container that a component describes.</summary>
    /// <param name="component">The component.</param>
    /// <param name="name">Its name.</param>
    /// <param name="log">Told what is not understood.</param>
    public static ContainerDescription Read(DesiredComponent component, string name, Action<string> log)
    {
        var config = new ComponentConfig(component, name, log);
        return new ContainerDescription
        {
            Name = name,
            ImageRef = config.Last("image") ?? $"{name}:{component.Version}",
            Config = config.Container(),
        };
    }

    private ContainerConfig Container() => new()
    {
        DomainName = Last("domainName"),
        HostName = Last("hostName"),
        Tty = Flag("terminal"),
        OpenStdin = Flag("interactive"),
        Privileged = Flag("privileged"),
        RestartPolicy = RestartPolicy(),
        Devices = Each<DeviceMapping>("device", DeviceMappingText.TryParse),
        PortMappings = Each<PortMapping>("port", PortMappingText.TryParse),
        NetworkMode = Last("network"),
        ExtraHosts = [.. _values["host"]],
        Log = new LogConfig
        {
            Type = Last("logDriver"),
            MaxFiles = Number("logMaxFiles"),
            MaxSize = Last("logMaxSize"),
            RootDir = Last("logPath"),
            Mode = Last("logMode"),
            MaxBufferSize = Last("logMaxBufferSize"),
        },
        Resources = Resources(),
        MountPoints = Each<MountPoint>("mount", MountPointText.TryParse),
        Env = [.. _values["env"]],
        Cmd = [.. _values["cmd"]],
    };

    // The numbers count only where they mean something.
    private RestartPolicy? RestartPolicy() => !_values.Contains("restartPolicy") ? null : Last("restartPolicy") switch
    {
        "on-failure" => new RestartPolicy { Type = "on-failure", MaxRetryCount = Number("restartMaxRetries"), RetryTimeout = Number("restartTimeout") },
        var other => new RestartPolicy { Type = other ?? "" },
    };

    private Resources? Resources()
    {
        var limits = new Resources { Memory = Last("memory"), MemoryReservation = Last("memoryReservation"), MemorySwap = Last("memorySwap") };
        return limits == new Resources() ? null : limits;
    }

    /// <summary>The last value of a key, as in the original's map; <see langword="null"/> if it is empty.</summary>
    private string? Last(string key) => _values[key].LastOrDefault() is { Length: > 0 } value ? value : null;

    // What Go's strconv.ParseBool takes.
    private bool Flag(string key) => Last(key) switch
    {
        null or "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        var other => Ignore<bool>(key, other, "expected true or false"),
    };

    private long Number(string key) =>
        Last(key) is not { } text ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : Ignore<long>(key, text, "expected a whole number");

    private delegate bool Parser<T>(string text, out T? value, out string? problem);

    private List<T> Each<T>(string key, Parser<T> parse)
        where T : class
    {
        var list = new List<T>();
        foreach (var text in _values[key])
        {
            if ((parse(text.Trim(), out var value, out var problem) ? value : Ignore<T>(key, text, problem)) is { } known)
                list.Add(known);
        }

        return list;
    }

    private T? Ignore<T>(string key, string value, string? why)
    {
        _log($"container '{_name}': {key} '{value}' is ignored: {why}");
        return default;
    }
}
