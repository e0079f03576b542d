using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Registry;

/// <summary>A registered device with its credentials. Immutable: who holds one holds a snapshot.</summary>
public sealed record RegisteredDevice
{
    /// <summary>The authority that lets a gateway bring its children with it (<c>connectors-and-leda.md</c> 7.6).</summary>
    public const string AutoProvisioning = "auto-provisioning-enabled";

    /// <summary>The device's id.</summary>
    public required string Id { get; init; }

    /// <summary>What was registered, a JSON object: <c>enabled</c>, <c>defaults</c>, <c>via</c>, <c>authorities</c>, <c>ext</c> …</summary>
    public required JsonElement Data { get; init; }

    /// <summary>Version and instants.</summary>
    public required EntityStatus Status { get; init; }

    /// <summary>By what the device can prove who it is.</summary>
    public ImmutableArray<Credential> Credentials { get; init; } = [];

    /// <summary>The version of <see cref="Credentials"/>, which change by themselves.</summary>
    public required string CredentialsVersion { get; init; }

    /// <summary>Whether it may take part; true unless something else was registered.</summary>
    public bool Enabled => !Data.TryGetProperty("enabled", out var enabled) || enabled.GetBoolean();

    /// <summary>The gateways that may speak for it.</summary>
    public IEnumerable<string> Via => Texts("via");

    /// <summary>What it may do, for example <see cref="AutoProvisioning"/>.</summary>
    public IEnumerable<string> Authorities => Texts("authorities");

    /// <summary>The device as the registry shows it: what was registered, and its status.</summary>
    public JsonElement ToJson() => JsonText.Build(writer => WriteTo(writer, withId: false));

    /// <summary>The device as a search shows it: with its id.</summary>
    public JsonElement ToSearchJson() => JsonText.Build(writer => WriteTo(writer, withId: true));

    private void WriteTo(Utf8JsonWriter writer, bool withId)
    {
        writer.WriteStartObject();
        if (withId)
            writer.WriteString("id", Id);
        foreach (var member in Data.EnumerateObject())
            member.WriteTo(writer);
        Status.WriteTo(writer);
        writer.WriteEndObject();
    }

    private IEnumerable<string> Texts(string member) =>
        Data.TryGetProperty(member, out var texts) ? texts.EnumerateArray().Select(t => t.GetString()!) : [];
}
