using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Api;

/// <summary>The answer of <c>GET /whoami</c> (<c>ditto.md</c> 4.2).</summary>
internal static class WhoAmI
{
    public static JsonElement Of(string[] subjects) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("defaultSubject", subjects[0]);
        writer.WriteStartArray("subjects");
        foreach (var subject in subjects)
            writer.WriteStringValue(subject);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
