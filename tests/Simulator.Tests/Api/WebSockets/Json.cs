using System.Text.Json;

namespace Leda.Harness.Simulator.Tests.Api.WebSockets;

/// <summary>Looks into envelopes.</summary>
internal static class Json
{
    /// <summary>A member below, by names.</summary>
    public static JsonElement At(this JsonElement json, params string[] names) => names.Aggregate(json, (j, n) => j.GetProperty(n));

    public static string? Text(this JsonElement json, params string[] names) => json.At(names).GetString();

    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);

    public static string Topic(this JsonElement envelope) => envelope.Text("topic")!;

    public static int Status(this JsonElement envelope) => envelope.At("status").GetInt32();
}
