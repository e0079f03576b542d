using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Leda.Harness.Device.Tests.Mutations;

/// <summary>One thing that goes wrong with a command.</summary>
/// <param name="Kind">What.</param>
/// <param name="Where">Which byte or which member, modulo how many there are.</param>
/// <param name="What">Which of the possible replacements, modulo how many there are.</param>
internal sealed record Mutation(MutationKind Kind, uint Where, uint What)
{
    private const string Mark = "\"\u00a7replaced\u00a7\"";

    private static readonly string[] _values =
    [
        "null", "true", "false", "0", "-1", "1e308", "-1e308", "1e999", "9223372036854775807", "9223372036854775808", "0.1", new string('9', 400),
        "\"\"", "\" \"", "\"true\"", "\"\\u0000\"", "\"%d %s {0}\"", "\"../../etc/passwd\"", "\"a/b/c#+\"", "\"\ud83d\ude97\"", "\"9999999999s\"", "\"-1\"",
        "\"Container:\"", "[]", "[null]", "[[]]", "{}", "{\"a\":null}", "{\"\":{}}", "[1,\"2\",{}]",
        string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40)),
        string.Concat(Enumerable.Repeat("{\"a\":", 2000)) + "1" + new string('}', 2000),
        $"\"{new string('x', 20_000)}\"",
    ];

    private static readonly string[] _segments = ["", "x", "errors-response", "created", "deleted", "modified", "a b", "\u00e4", "$x", "r/r", new string('s', 300)];

    /// <summary>The command with this mutation, or the same where there is nothing to mutate.</summary>
    public Command Apply(Command command) => Kind switch
    {
        MutationKind.Bit => command with { Payload = Flip(command.Payload) },
        MutationKind.Cut => command with { Payload = command.Payload[..(int)(Where % (uint)(command.Payload.Length + 1))] },
        MutationKind.Double => command with { Payload = Double(command.Payload) },
        MutationKind.Topic => command with { Topic = Readdress(command.Topic) },
        _ => command with { Payload = Restructure(command.Payload) },
    };

    private byte[] Flip(byte[] payload)
    {
        if (payload.Length == 0)
            return payload;
        var flipped = payload.ToArray();
        flipped[Where % (uint)flipped.Length] ^= (byte)(1 << (int)(What % 8));
        return flipped;
    }

    private byte[] Double(byte[] payload)
    {
        var from = (int)(Where % (uint)(payload.Length + 1));
        var length = (int)Math.Min(What % 40, (uint)(payload.Length - from));
        return [.. payload[..(from + length)], .. payload[from..]];
    }

    // The last two segments are the sender's; the rest would only miss the subscription.
    private string Readdress(string topic)
    {
        var segments = topic.Split('/');
        segments[^(int)(1 + (Where % 2))] = _segments[What % (uint)_segments.Length];
        return string.Join('/', segments);
    }

    private byte[] Restructure(byte[] payload)
    {
        try
        {
            var root = JsonNode.Parse(payload);
            var nodes = new List<JsonNode>();
            Collect(root, nodes);
            if (nodes.Count == 0)
                return payload;
            var node = nodes[(int)(Where % (uint)nodes.Count)];
            return Kind switch
            {
                MutationKind.Remove => Bytes(root!, Remove(node)),
                MutationKind.Rename => Bytes(root!, Rename(node)),
                _ => Replace(root!, node, _values[What % (uint)_values.Length]),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return payload; // An earlier mutation has broken it, doubled a member or halved a character.
        }
    }

    private static byte[] Bytes(JsonNode root, bool done) => done ? Encoding.UTF8.GetBytes(root.ToJsonString()) : [];

    private static bool Remove(JsonNode node)
    {
        if (node.Parent is JsonObject parent)
            parent.Remove(node.GetPropertyName());
        else if (node.Parent is JsonArray list)
            list.Remove(node);
        return true;
    }

    private bool Rename(JsonNode node)
    {
        if (node.Parent is not JsonObject parent)
            return true;
        var name = node.GetPropertyName();
        parent.Remove(name);
        parent[What % 2 == 0 ? name.ToUpperInvariant() : name + "x"] = node;
        return true;
    }

    private static byte[] Replace(JsonNode root, JsonNode node, string value)
    {
        if (node.Parent is null)
            return Encoding.UTF8.GetBytes(value);
        node.ReplaceWith("\u00a7replaced\u00a7");
        var text = root.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return Encoding.UTF8.GetBytes(text.Replace(Mark, value, StringComparison.Ordinal));
    }

    private static void Collect(JsonNode? node, List<JsonNode> nodes)
    {
        if (node is null)
            return;
        nodes.Add(node);
        foreach (var child in node switch
        {
            JsonObject members => members.Select(m => m.Value),
            JsonArray items => items,
            _ => [],
        })
            Collect(child, nodes);
    }
}
