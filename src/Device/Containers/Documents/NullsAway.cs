using System.Text.Json;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Device.Containers.Documents;

/// <summary>Leaves out members that are <c>null</c>: to Go they say nothing, whatever their type.</summary>
internal static class NullsAway
{
    public static JsonElement Of(JsonElement value) => JsonText.Build(writer => Copy(value, writer));

    private static void Copy(JsonElement value, Utf8JsonWriter writer)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray())
                Copy(item, writer);
            writer.WriteEndArray();
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.Null))
            {
                writer.WritePropertyName(member.Name);
                Copy(member.Value, writer);
            }

            writer.WriteEndObject();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
