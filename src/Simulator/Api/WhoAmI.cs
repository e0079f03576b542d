using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;

namespace Leda.Harness.Simulator.Api;

/// <summary>The answer of <c>GET /whoami</c> (<c>ditto.md</c> 4.2).</summary>
internal static class WhoAmI
{
    public static JsonElement Of(Caller caller) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("defaultSubject", caller.DefaultSubject);
        writer.WriteStartArray("subjects");
        foreach (var subject in caller.Subjects)
            writer.WriteStringValue(subject);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
