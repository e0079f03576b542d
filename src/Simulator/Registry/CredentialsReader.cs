using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Leda.Harness.Protocol;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Registry;

/// <summary>
/// Reads a set of credentials that is to take the place of a device's old one. Each secret gets an id; one that names an id of the old set
/// keeps what is confidential, unless it is given anew (the patch mode of the management API). Plain passwords end here: what is kept is
/// their salted SHA-512.
/// </summary>
/// <param name="present">The credentials until now.</param>
/// <param name="ids">Gives the ids of secrets.</param>
internal sealed partial class CredentialsReader(ImmutableArray<Credential> present, IdSource ids)
{
    private const int SaltSize = 16;

    private string? _problem;

    public bool TryRead(JsonElement set, out ImmutableArray<Credential> credentials, [NotNullWhen(false)] out string? problem)
    {
        credentials = [];
        _problem = set.ValueKind == JsonValueKind.Array ? null : "Expected an array of credentials.";
        if (_problem is null)
            credentials = [.. set.EnumerateArray().Select(Read).TakeWhile(c => c is not null).Select(c => c!)];
        if (credentials.DistinctBy(c => (c.Type, c.AuthId)).Count() < credentials.Length)
            _problem ??= "Each pair of 'type' and 'auth-id' may be there only once.";
        problem = _problem;
        return problem is null;
    }

    private Credential? Read(JsonElement json)
    {
        if (EntityShape.Credentials.WhatIsWrong(json) is { } wrong)
            return Fail(wrong);
        foreach (var needed in (ReadOnlySpan<string>)["type", "auth-id", "secrets"])
        {
            if (!json.TryGetProperty(needed, out _))
                return Fail($"The credentials lack the member '{needed}'.");
        }

        var (type, authId) = (json.GetProperty("type").GetString()!, json.GetProperty("auth-id").GetString()!);
        if (type is not ("hashed-password" or "psk" or "x509-cert" or "rpk"))
            return Fail($"The type of credentials '{type}' is not known; expected hashed-password, psk, x509-cert or rpk.");
        if (type == "x509-cert" ? authId.Length == 0 : !AuthIdPattern().IsMatch(authId))
            return Fail($"The 'auth-id' '{authId}' is invalid; letters, digits and - _ = . may be in it.");
        var old = present.FirstOrDefault(c => c.Type == type && c.AuthId == authId);
        var data = JsonText.Build(writer =>
        {
            writer.WriteStartObject();
            foreach (var member in json.EnumerateObject().Where(m => !m.NameEquals("secrets")))
                member.WriteTo(writer);
            writer.WriteStartArray("secrets");
            foreach (var secret in json.GetProperty("secrets").EnumerateArray())
                WriteSecret(writer, type, secret, old);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        return _problem is null ? new Credential(type, authId, data) : null;
    }

    private void WriteSecret(Utf8JsonWriter writer, string type, JsonElement secret, Credential? old)
    {
        _problem ??= EntityShape.Secret(type).WhatIsWrong(secret);
        if (_problem is null && secret.TryGetProperty("not-before", out var from) && secret.TryGetProperty("not-after", out var to)
            && from.GetDateTimeOffset() >= to.GetDateTimeOffset())
            _problem = "The instant 'not-before' of a secret must be before 'not-after'.";
        var id = _problem is null && secret.TryGetProperty("id", out var given) ? given.GetString()! : ids.NewUuid();
        var known = old?.Secret(id);
        if (_problem is null && old is not null && known is null && secret.TryGetProperty("id", out _))
            _problem = $"There is no secret '{id}'. Leave 'id' out for a new secret, or give one that GET shows.";
        writer.WriteStartObject();
        writer.WriteString("id", id);
        if (_problem is null)
            WriteMembers(writer, type, secret, known);
        writer.WriteEndObject();
    }

    private void WriteMembers(Utf8JsonWriter writer, string type, JsonElement secret, JsonElement? known)
    {
        var plain = secret.TryGetProperty("pwd-plain", out var password) ? password.GetString()! : null;
        foreach (var member in secret.EnumerateObject())
        {
            if (member.Name is not ("id" or "pwd-plain") && !(plain is not null && Credential.Confidential(type).Contains(member.Name)))
                member.WriteTo(writer);
        }

        if (plain is not null)
            WriteHash(writer, plain);
        else if (known is { } old)
            Keep(writer, type, secret, old);
        else if (type is "hashed-password" && !secret.TryGetProperty("pwd-hash", out _))
            _problem = "The secret of a password needs 'pwd-plain', or 'pwd-hash' with 'hash-function'.";
        else if (type is "psk" && !secret.TryGetProperty("key", out _))
            _problem = "The secret of a pre-shared key needs 'key'.";
    }

    /// <summary>As Hono's credentials API defines it: the Base64 of the hash over salt and password.</summary>
    private static void WriteHash(Utf8JsonWriter writer, string plain)
    {
        // Not drawn from the seed: a salt is to be unforeseeable, and nobody gets to see it.
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        writer.WriteString("hash-function", "sha-512");
        writer.WriteString("salt", Convert.ToBase64String(salt));
        writer.WriteString("pwd-hash", Convert.ToBase64String(SHA512.HashData([.. salt, .. Encoding.UTF8.GetBytes(plain)])));
    }

    private static void Keep(Utf8JsonWriter writer, string type, JsonElement secret, JsonElement old)
    {
        foreach (var member in old.EnumerateObject())
        {
            if (Credential.Confidential(type).Contains(member.Name) && !secret.TryGetProperty(member.Name, out _))
                member.WriteTo(writer);
        }
    }

    private Credential? Fail(string problem)
    {
        _problem = problem;
        return null;
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9\-_=.]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AuthIdPattern();
}
