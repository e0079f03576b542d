using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Kanto;

/// <summary>
/// Who the gateway is, as the connector announces it on <see cref="EdgeTopics.ThingResponse"/>
/// (<c>kanto-container-management.md</c> 1.3): <c>{"deviceId":"namespace:gateway:device","tenantId":"…"[,"policyId":"…"]}</c>.
/// </summary>
/// <param name="DeviceId">The gateway's own id, namespace included. Text, because a receiver must be able to refuse a bad one by name.</param>
/// <param name="TenantId">The Hono tenant.</param>
/// <param name="PolicyId">The Ditto policy; <see langword="null"/> if absent or empty.</param>
public sealed record GatewayIdentity(string DeviceId, string TenantId, string? PolicyId = null)
{
    /// <summary>Reads an announcement. Member names are compared ignoring case and unknown members are ignored, as Kanto's Go programs do.</summary>
    /// <param name="utf8">The payload.</param>
    /// <param name="identity">The result; an absent member is the empty string.</param>
    /// <param name="problem">What is wrong, for people.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out GatewayIdentity? identity, [NotNullWhen(false)] out string? problem)
    {
        identity = null;
        if (!JsonText.TryParse(utf8, out var json, out problem))
            return false;
        if (json.ValueKind != JsonValueKind.Object)
        {
            problem = "an identity is a JSON object";
            return false;
        }

        string device = "", tenant = "", policy = "";
        foreach (var member in json.EnumerateObject())
        {
            problem ??= member.Name.ToUpperInvariant() switch
            {
                "DEVICEID" => Text(member, ref device),
                "TENANTID" => Text(member, ref tenant),
                "POLICYID" => Text(member, ref policy),
                _ => null,
            };
        }

        identity = problem is null ? new GatewayIdentity(device, tenant, policy.Length == 0 ? null : policy) : null;
        return identity is not null;
    }

    /// <summary>The announcement as compact UTF-8 JSON in the connector's order, without an empty policy.</summary>
    public byte[] ToUtf8() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("deviceId", DeviceId);
        writer.WriteString("tenantId", TenantId);
        if (!string.IsNullOrEmpty(PolicyId))
            writer.WriteString("policyId", PolicyId);
        writer.WriteEndObject();
    });

    private static string? Text(JsonProperty member, ref string text)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
            return null;
        if (member.Value.ValueKind != JsonValueKind.String)
            return $"'{member.Name}' is {member.Value.ValueKind}; expected a string";
        text = member.Value.GetString()!;
        return null;
    }
}
