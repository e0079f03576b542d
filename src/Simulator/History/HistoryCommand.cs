using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.History;

/// <summary>What stands in a command of the streaming protocol (<c>ditto.md</c> 5.7); <see langword="null"/> is what does not.</summary>
internal sealed record HistoryCommand
{
    public required HistoryRange Range { get; init; }

    public string? Filter { get; private init; }

    public string? SubscriptionId { get; private init; }

    /// <summary>How many items are requested.</summary>
    public long? Demand { get; private init; }

    /// <summary>Which member is wrong; then nothing else counts.</summary>
    public DittoError? Error { get; private init; }

    /// <summary>Reads a command's value.</summary>
    public static HistoryCommand Read(Envelope command)
    {
        var value = command.Value ?? default;
        DittoError? error = value.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined ? null : HistoryErrors.FieldInvalid("value", "an object");
        var range = new HistoryRange
        {
            FromRevision = Number(value, "fromHistoricalRevision", ref error),
            ToRevision = Number(value, "toHistoricalRevision", ref error),
            FromTime = Instant(value, "fromHistoricalTimestamp", ref error),
            ToTime = Instant(value, "toHistoricalTimestamp", ref error),
        };
        return new HistoryCommand
        {
            Range = range,
            Filter = Text(value, "filter", ref error),
            SubscriptionId = Text(value, "subscriptionId", ref error),
            Demand = Number(value, "demand", ref error),
            Error = error,
        };
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static string? Text(JsonElement value, string name, ref DittoError? error)
    {
        if (Member(value, name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.String)
            return member.GetString();
        error ??= HistoryErrors.FieldInvalid(name, "a string");
        return null;
    }

    private static long? Number(JsonElement value, string name, ref DittoError? error)
    {
        if (Member(value, name) is not { } member)
            return null;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number))
            return number;
        error ??= HistoryErrors.FieldInvalid(name, "a whole number");
        return null;
    }

    private static DateTimeOffset? Instant(JsonElement value, string name, ref DittoError? error)
    {
        if (Text(value, name, ref error) is not { } text)
            return null;
        if (HistoricalPoint.TryParse(text, out var at))
            return at;
        error ??= HistoryErrors.FieldInvalid(name, "an instant such as 2026-01-31T12:00:00Z");
        return null;
    }
}
