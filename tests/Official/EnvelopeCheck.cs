using Newtonsoft.Json.Linq;

namespace Leda.Harness.Official;

/// <summary>Holds an envelope, and what it carries, against the official schemas that fit it.</summary>
internal static class EnvelopeCheck
{
    /// <summary>What is wrong; nothing when the schemas are not at hand.</summary>
    public static List<string> Problems(string text) => OfficialSchemas.Folder is null ? [] : Problems(OfficialSchemas.Read(text));

    /// <summary>Which schema describes it.</summary>
    public static string SchemaOf(string topic, bool isAnswer)
    {
        var parts = topic.Split('/');
        if (parts is [.., "search", "error"])
            return "protocol-error_response.json"; // ditto.md 1.7
        return parts.Skip(2).FirstOrDefault(p => p is "errors" or "acks" or "announcements") switch
        {
            "errors" => "protocol-error_response.json",
            "acks" when isAnswer => parts[^1] == "acks" ? "protocol-acks.json" : "protocol-ack.json",
            "announcements" => "protocol-announcement.json",
            _ => isAnswer ? "protocol-response.json" : "protocol-envelope.json",
        };
    }

    private static List<string> Problems(JToken envelope)
    {
        var topic = (string?)envelope["topic"] ?? "";
        var file = SchemaOf(topic, envelope["status"] is not null);
        var problems = OfficialSchemas.Problems(file, envelope).ToList();
        if (envelope["value"] is { } value)
            problems.AddRange(ProblemsOfValue(topic, (string?)envelope["path"] ?? "", file, value));
        return problems;
    }

    private static IEnumerable<string> ProblemsOfValue(string topic, string path, string file, JToken value) => file switch
    {
        "protocol-error_response.json" => OfficialSchemas.ProblemsOfError(value),
        "protocol-acks.json" => ProblemsOfAcks(value),
        _ when SchemaOfSubscription(topic) is { } payload => OfficialSchemas.Problems(payload, value),
        _ when SchemaOfValue(topic, path) is { } entity && value.Type == JTokenType.Object => OfficialSchemas.Problems(entity, value),
        _ => [],
    };

    private static IEnumerable<string> ProblemsOfAcks(JToken acks) => acks.Children<JProperty>()
        .Where(ack => (int?)ack.Value["status"] >= 400 && ack.Value["payload"]?["error"] is not null)
        .SelectMany(ack => OfficialSchemas.ProblemsOfError(ack.Value["payload"]!));

    private static string? SchemaOfSubscription(string topic) => topic.Split('/') is not [.., var family and ("search" or "streaming"), var action]
        ? null
        : (family, action) switch
        {
            (_, "subscribeForPersistedEvents") => "protocol-streaming-subscription-subscribe-for-persisted-events-payload.json",
            ("search", "created" or "complete" or "cancel") => "protocol-search-subscriptionid.json",
            ("search", _) => $"protocol-search-{action}-payload.json",
            (_, "created" or "complete" or "cancel") => "protocol-streaming-subscriptionid.json",
            _ => $"protocol-streaming-subscription-{action}-payload.json",
        };

    /// <summary>Whole things, features and policies; a merge carries parts only, and what is retrieved may be.</summary>
    private static string? SchemaOfValue(string topic, string path)
    {
        if (!(topic.EndsWith("/events/created", StringComparison.Ordinal) || topic.EndsWith("/events/modified", StringComparison.Ordinal)))
            return null;
        return path.Split('/') switch
        {
            ["", ""] => topic.Contains("/policies/", StringComparison.Ordinal) ? "policy.json" : "thing_v2.json",
            ["", "features", _] => "feature_v2.json",
            _ => null,
        };
    }
}
