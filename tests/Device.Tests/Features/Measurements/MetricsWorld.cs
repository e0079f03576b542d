using System.Text.Json;
using Leda.Harness.Device.Tests.Support;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Device.Tests.Features.Measurements;

/// <summary>What tests of metrics do with a world.</summary>
internal static class MetricsWorld
{
    public static Task<Answer> RequestAsync(this World world, string? argument) => world.InvokeAsync("Metrics", "request", argument);

    /// <summary>Time passes second by second, as it does.</summary>
    public static async Task PassSecondsAsync(this World world, int seconds)
    {
        for (var i = 0; i < seconds; i++)
            await world.PassAsync(TimeSpan.FromSeconds(1));
    }

    /// <summary>The data messages that were seen.</summary>
    public static List<Envelope> Data(this World world) =>
        [.. world.Published.Where(o => o.Topic.StartsWith("e/", StringComparison.Ordinal)).Select(o => Envelope.Parse(o.Payload.Span)).Where(e => e.Path == "/features/Metrics/outbox/messages/data")];

    /// <summary>Who was measured in each data message, and what.</summary>
    public static List<Dictionary<string, List<string>>> Measured(this World world) => [.. world.Data().Select(e => Items(e)
        .ToDictionary(o => o.GetProperty("originator").GetString()!, o => o.GetProperty("measurements").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).ToList()))];

    public static JsonElement.ArrayEnumerator Items(Envelope data) => data.Value!.Value.GetProperty("snapshot").EnumerateArray();
}
