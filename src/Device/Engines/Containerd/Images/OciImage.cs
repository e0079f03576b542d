using System.Text.Json.Serialization;

namespace Leda.Harness.Device.Engines.Containerd.Images;

/// <summary>A blob of an image, by its digest, as manifests name it.</summary>
internal sealed record OciDescriptor
{
    public string MediaType { get; init; } = "";

    public required string Digest { get; init; }

    public long Size { get; init; }

    public OciPlatform? Platform { get; init; }
}

/// <summary>What machine an image is for.</summary>
internal sealed record OciPlatform
{
    public string Architecture { get; init; } = "";

    public string Os { get; init; } = "";

    public string? Variant { get; init; }
}

/// <summary>A manifest: of one image (configuration and layers), or of its variants for several machines.</summary>
internal sealed record OciManifest
{
    public OciDescriptor? Config { get; init; }

    public IReadOnlyList<OciDescriptor>? Layers { get; init; }

    public IReadOnlyList<OciDescriptor>? Manifests { get; init; }
}

/// <summary>An image's configuration.</summary>
internal sealed record OciImageConfig
{
    public OciProcessConfig? Config { get; init; }

    [JsonPropertyName("rootfs")]
    public OciRoot? Root { get; init; }
}

/// <summary>What an image runs unless told otherwise.</summary>
internal sealed record OciProcessConfig
{
    public string? User { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public string? WorkingDir { get; init; }
}

/// <summary>The digests of an image's layers, uncompressed, bottom first.</summary>
internal sealed record OciRoot
{
    [JsonPropertyName("diff_ids")]
    public IReadOnlyList<string>? DiffIds { get; init; }
}

/// <summary>A registry's answer to who asks for a token.</summary>
internal sealed record RegistryToken
{
    public string? Token { get; init; }

    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(OciManifest))]
[JsonSerializable(typeof(OciImageConfig))]
[JsonSerializable(typeof(RegistryToken))]
internal sealed partial class OciJson : JsonSerializerContext;
