using System.Text.Json.Serialization;

namespace Leda.Harness.Device.Engines.Containerd.Runtime;

/// <summary>What runc is told to run: the part of the OCI runtime specification that the engine uses.</summary>
internal sealed record RuntimeSpec
{
    /// <summary>How containerd names this type.</summary>
    public const string TypeUrl = "types.containerd.io/opencontainers/runtime-spec/1/Spec";

    public string OciVersion { get; init; } = "1.0.2";

    public required SpecProcess Process { get; init; }

    public SpecRoot Root { get; init; } = new("rootfs");

    public string? Hostname { get; init; }

    public required IReadOnlyList<SpecMount> Mounts { get; init; }

    public SpecHooks? Hooks { get; init; }

    public required SpecLinux Linux { get; init; }
}

internal sealed record SpecHooks(IReadOnlyList<SpecHook> Prestart, IReadOnlyList<SpecHook> Poststart, IReadOnlyList<SpecHook> Poststop);

internal sealed record SpecHook(string Path, IReadOnlyList<string>? Args, IReadOnlyList<string>? Env);

internal sealed record SpecRoot(string Path);

internal sealed record SpecProcess
{
    public bool Terminal { get; init; }

    public required SpecUser User { get; init; }

    public required IReadOnlyList<string> Args { get; init; }

    public required IReadOnlyList<string> Env { get; init; }

    public required string Cwd { get; init; }

    public required SpecCapabilities Capabilities { get; init; }

    public IReadOnlyList<SpecLimit> Rlimits { get; init; } = [new("RLIMIT_NOFILE", 1024, 1024)];

    public bool NoNewPrivileges { get; init; } = true;
}

internal sealed record SpecUser(uint Uid, uint Gid, IReadOnlyList<uint>? AdditionalGids = null);

internal sealed record SpecLimit(string Type, ulong Hard, ulong Soft);

internal sealed record SpecCapabilities(IReadOnlyList<string> Bounding, IReadOnlyList<string> Effective, IReadOnlyList<string> Permitted)
{
    public SpecCapabilities(IReadOnlyList<string> all)
        : this(all, all, all)
    {
    }
}

internal sealed record SpecMount(string Destination, string Type, string Source, IReadOnlyList<string> Options);

internal sealed record SpecLinux
{
    public required SpecResources Resources { get; init; }

    public required string CgroupsPath { get; init; }

    public required IReadOnlyList<SpecNamespace> Namespaces { get; init; }

    public IReadOnlyList<SpecDevice>? Devices { get; init; }

    public string? RootfsPropagation { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    public IReadOnlyList<string>? MaskedPaths { get; init; }

    public IReadOnlyList<string>? ReadonlyPaths { get; init; }
}

internal sealed record SpecNamespace(string Type);

internal sealed record SpecDevice(string Path, string Type, long Major, long Minor, uint FileMode, uint Uid, uint Gid);

internal sealed record SpecResources
{
    /// <summary>How containerd names this type.</summary>
    public const string TypeUrl = "types.containerd.io/opencontainers/runtime-spec/1/LinuxResources";

    public IReadOnlyList<SpecDeviceRule>? Devices { get; init; }

    public SpecMemory? Memory { get; init; }
}

internal sealed record SpecDeviceRule(bool Allow, string Access, string? Type = null, long? Major = null, long? Minor = null);

/// <summary>Limits in bytes; -1 is none.</summary>
internal sealed record SpecMemory(long? Limit, long? Reservation, long? Swap);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RuntimeSpec))]
[JsonSerializable(typeof(SpecResources))]
internal sealed partial class SpecJson : JsonSerializerContext;
