using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Search;

/// <summary>What stands in a command of the search protocol (<c>ditto.md</c> 5.6); <see langword="null"/> is what does not.</summary>
internal sealed record SearchCommand
{
    public string? Filter { get; private init; }

    public string? Options { get; private init; }

    /// <summary>The namespaces between commas.</summary>
    public string? Namespaces { get; private init; }

    public string? SubscriptionId { get; private init; }

    /// <summary>How many pages are requested.</summary>
    public long? Demand { get; private init; }

    /// <summary>Which member is wrong.</summary>
    public DittoError? Error { get; private init; }

    /// <summary>Reads a command's value.</summary>
    /// <returns><see langword="false"/> if a member is wrong; then nothing but <see cref="Error"/> counts.</returns>
    public static bool TryRead(Envelope command, out SearchCommand read)
    {
        var value = command.Value ?? default;
        DittoError? error = value.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined ? null : SearchErrors.FieldInvalid("value", "an object");
        read = error is not null ? new SearchCommand { Error = error } : new SearchCommand
        {
            Filter = Text(value, "filter", ref error),
            Options = Text(value, "options", ref error),
            Namespaces = Names(value, ref error),
            SubscriptionId = Text(value, "subscriptionId", ref error),
            Demand = Number(value, ref error),
            Error = error,
        };
        return error is null;
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static string? Text(JsonElement value, string name, ref DittoError? error)
    {
        if (Member(value, name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.String)
            return member.GetString();
        error ??= SearchErrors.FieldInvalid(name, "a string");
        return null;
    }

    private static long? Number(JsonElement value, ref DittoError? error)
    {
        if (Member(value, "demand") is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number))
            return number;
        error ??= SearchErrors.FieldInvalid("demand", "a whole number");
        return null;
    }

    private static string? Names(JsonElement value, ref DittoError? error)
    {
        if (Member(value, "namespaces") is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String))
            return string.Join(',', member.EnumerateArray().Select(n => n.GetString()));
        error ??= SearchErrors.FieldInvalid("namespaces", "an array of strings");
        return null;
    }
}
