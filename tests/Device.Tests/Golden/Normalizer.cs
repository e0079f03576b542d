using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Leda.Harness.Device.Tests.Golden;

/// <summary>
/// Makes two runs comparable: container ids, times and pids become numbers in order of appearance, so that a value that should have
/// stayed, or should have changed, still shows. Members are sorted.
/// </summary>
internal sealed partial class Normalizer
{
    private readonly Dictionary<(string Kind, string Value), string> _names = [];

    public string Normalize(Message message)
    {
        var payload = Sorted(JsonNode.Parse(message.Payload))!.ToJsonString();
        var text = $"{message.Topic} qos={message.Qos} retain={message.Retain} {payload}";
        text = TimePattern().Replace(text, m => $"\"{m.Groups[1].Value}\":\"{Name(m.Groups[1].Value, m.Groups[2].Value)}\"");
        text = PidPattern().Replace(text, m => $"\"pid\":\"{Name("pid", m.Groups[1].Value)}\"");
        return ContainerPattern().Replace(text, m => Name("id", m.Value));
    }

    private string Name(string kind, string value)
    {
        if (!_names.TryGetValue((kind, value), out var name))
            _names.Add((kind, value), name = $"<{kind} {_names.Count}>");
        return name;
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex("\"([a-z]+At)\":\"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.][0-9]{1,9})?Z)\"")]
    private static partial Regex TimePattern();

    [GeneratedRegex("\"pid\":([0-9]+)")]
    private static partial Regex PidPattern();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex ContainerPattern();
}
