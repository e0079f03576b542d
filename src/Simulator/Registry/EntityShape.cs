using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Leda.Harness.Simulator.Registry;

/// <summary>
/// What may be registered, member by member, by the documented schemas of Hono's device registry management API, version 1: anything else is
/// refused, so that a misspelt member is found out.
/// </summary>
internal sealed partial class EntityShape
{
    public static readonly EntityShape Tenant = new("tenant", new()
    {
        ["enabled"] = Boolean,
        ["alias"] = json => json.ValueKind == JsonValueKind.String && AliasPattern().IsMatch(json.GetString()!) ? null : "lower-case letters, digits and hyphens",
        ["ext"] = Object,
        ["adapters"] = Adapters,
        ["defaults"] = Object,
        ["minimum-message-size"] = Number,
        ["registration-limits"] = Numbers,
        ["resource-limits"] = Object,
        ["tracing"] = Object,
        ["trust-anchor-group"] = Text,
        ["trusted-ca"] = json => Each(json, Object, "JSON objects"),
    });

    public static readonly EntityShape Device = new("device", new()
    {
        ["enabled"] = Boolean,
        ["defaults"] = Object,
        ["via"] = Texts,
        ["viaGroups"] = Texts,
        ["memberOf"] = Texts,
        ["authorities"] = Texts,
        ["downstream-message-mapper"] = Text,
        ["upstream-message-mapper"] = Text,
        ["ext"] = Object,
        ["status"] = Object,
        ["command-endpoint"] = json => json.ValueKind == JsonValueKind.Object && json.TryGetProperty("uri", out var uri) ? Text(uri) : "a JSON object with 'uri'",
    });

    public static readonly EntityShape Credentials = new("credentials", new()
    {
        ["type"] = Text,
        ["auth-id"] = Text,
        ["enabled"] = Boolean,
        ["ext"] = Object,
        ["secrets"] = json => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0 ? "at least one secret" : Each(json, Object, "JSON objects"),
    });

    private static readonly EntityShape _otherSecret = new("secret", SecretMembers([]));

    private static readonly Dictionary<string, EntityShape> _secrets = new()
    {
        ["hashed-password"] = new("secret", SecretMembers(["hash-function", "pwd-hash", "salt", "pwd-plain"])),
        ["psk"] = new("secret", SecretMembers(["key"])),
        ["rpk"] = new("secret", SecretMembers(["algorithm", "key", "cert"])),
    };

    private readonly string _what;
    private readonly FrozenDictionary<string, Func<JsonElement, string?>> _members;

    private EntityShape(string what, Dictionary<string, Func<JsonElement, string?>> members)
    {
        _what = what;
        _members = members.ToFrozenDictionary();
    }

    /// <summary>What a secret of credentials of this type may be.</summary>
    public static EntityShape Secret(string type) => _secrets.GetValueOrDefault(type, _otherSecret);

    /// <summary>What is wrong with a value; <see langword="null"/> if nothing is.</summary>
    public string? WhatIsWrong(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return $"Expected a {_what}, which is a JSON object.";
        foreach (var member in json.EnumerateObject())
        {
            if (!_members.TryGetValue(member.Name, out var check))
                return $"A {_what} has no member '{member.Name}'; expected one of {string.Join(", ", _members.Keys.Order(StringComparer.Ordinal))}.";
            if (check(member.Value) is { } expected)
                return $"The member '{member.Name}' of the {_what} must be {expected}.";
        }

        return null;
    }

    private static Dictionary<string, Func<JsonElement, string?>> SecretMembers(string[] texts)
    {
        var members = new Dictionary<string, Func<JsonElement, string?>>
        {
            ["id"] = Text,
            ["enabled"] = Boolean,
            ["comment"] = Text,
            ["not-before"] = Instant,
            ["not-after"] = Instant,
        };
        foreach (var text in texts)
            members[text] = Text;
        return members;
    }

    private static string? Boolean(JsonElement json) => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false";

    private static string? Text(JsonElement json) => json.ValueKind == JsonValueKind.String ? null : "a string";

    private static string? Object(JsonElement json) => json.ValueKind == JsonValueKind.Object ? null : "a JSON object";

    private static string? Number(JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out _) ? null : "a whole number";

    private static string? Instant(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && json.TryGetDateTimeOffset(out _) ? null : "an instant as 2027-12-24T19:00:00Z";

    private static string? Texts(JsonElement json) => Each(json, Text, "strings");

    private static string? Numbers(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().All(m => Number(m.Value) is null) ? null : "a JSON object of whole numbers";

    private static string? Each(JsonElement json, Func<JsonElement, string?> check, string what) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(i => check(i) is null) ? null : $"an array of {what}";

    private static string? Adapters(JsonElement json)
    {
        const string expected = "a non-empty array of JSON objects with 'type', each type once";
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
            return expected;
        var types = new HashSet<string>();
        return json.EnumerateArray().All(a => a.ValueKind == JsonValueKind.Object && a.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String && types.Add(type.GetString()!)) ? null : expected;
    }

    [GeneratedRegex(@"\A[a-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AliasPattern();
}
