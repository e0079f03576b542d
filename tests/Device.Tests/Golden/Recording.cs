using System.Text.Json;
using System.Text.RegularExpressions;

namespace Leda.Harness.Device.Tests.Golden;

/// <summary>A recorded conversation with the original daemon: what the driver sent, and what the daemon sent then.</summary>
internal sealed record Recording(IReadOnlyList<Step> Steps)
{
    public static Recording Load(string file)
    {
        var steps = new List<Step>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "recordings", file)))
        {
            var json = JsonElement.Parse(line);
            if (!json.TryGetProperty("payload", out var payload))
                continue;
            var message = new Message(
                json.GetProperty("topic").GetString()!, payload.GetString()!,
                json.GetProperty("qos").GetInt32(), json.GetProperty("retain").GetBoolean());
            if (json.GetProperty("from").GetString() == "driver")
                steps.Add(new Step(DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty("t").GetInt64()), message, []));
            else
                steps[^1].Device.Add(message);
        }

        return new Recording(steps);
    }
}

/// <summary>One message of the driver, when it was sent, and what followed.</summary>
internal sealed record Step(DateTimeOffset At, Message Driver, List<Message> Device);

/// <summary>A published message.</summary>
internal sealed partial record Message(string Topic, string Payload, int Qos, bool Retain)
{
    /// <summary>The container whose feature this message creates, if it does.</summary>
    public string? CreatedContainer =>
        CreatedPattern().Match(Payload) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The group whose inner order the reference defines; between groups it is free (<c>kanto-container-management.md</c> 4).</summary>
    public string Lane =>
        Topic.StartsWith("command/", StringComparison.Ordinal) ? "answers"
        : Payload.Contains("/features/SoftwareUpdatable", StringComparison.Ordinal) ? "software"
        : Payload.Contains("/features/Metrics", StringComparison.Ordinal) ? "metrics"
        : "containers";

    [GeneratedRegex("\"path\":\"/features/Container:([0-9a-f-]{36})\",\"value\"")]
    private static partial Regex CreatedPattern();
}
