using System.Text.Json;

namespace Leda.Harness.Simulator.Registry;

/// <summary>By what a device can prove who it is, of one type and one authentication id.</summary>
/// <param name="Type"><c>hashed-password</c>, <c>psk</c>, <c>x509-cert</c> or <c>rpk</c>.</param>
/// <param name="AuthId">As whom the device presents itself.</param>
/// <param name="Data">Everything, a JSON object: each secret has an id, a password is there only as its hash.</param>
public sealed record Credential(string Type, string AuthId, JsonElement Data)
{
    private static readonly string[] _confidentialOfPasswords = ["hash-function", "pwd-hash", "salt"];

    /// <summary>What of a secret of this type is never given back, but survives a change that names the secret by its id.</summary>
    internal static ReadOnlySpan<string> Confidential(string type) => type switch
    {
        "hashed-password" => _confidentialOfPasswords,
        "psk" => ["key"],
        _ => [],
    };

    /// <summary>A secret by its id; <see langword="null"/> if there is none.</summary>
    internal JsonElement? Secret(string id)
    {
        foreach (var secret in Data.GetProperty("secrets").EnumerateArray())
        {
            if (secret.GetProperty("id").ValueEquals(id))
                return secret;
        }

        return null;
    }

    /// <summary>The credentials as the registry shows them: without what is confidential.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var member in Data.EnumerateObject())
        {
            if (!member.NameEquals("secrets"))
            {
                member.WriteTo(writer);
                continue;
            }

            writer.WriteStartArray("secrets");
            foreach (var secret in member.Value.EnumerateArray())
                WriteSecret(writer, secret);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void WriteSecret(Utf8JsonWriter writer, JsonElement secret)
    {
        writer.WriteStartObject();
        foreach (var member in secret.EnumerateObject())
        {
            if (!Confidential(Type).Contains(member.Name))
                member.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
