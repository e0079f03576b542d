using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Policies;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Connector;

/// <summary>
/// Keeps the feature <c>ConnectionStatus</c> of twins, which tells since when and until when commands reach the device
/// (<c>connectors-and-leda.md</c> 4.5 and 4.6): the gateway's while the connector is online, a child's while somebody listens to its commands
/// besides. Like Ditto, which maps a notification to a command on the feature, it makes no twin. A twin that is made or replaced while its device
/// can be reached gets its status at once; Ditto would wait for the next notification.
/// </summary>
/// <param name="connector">Whether the cloud can be reached.</param>
/// <param name="listeners">Who listens to commands.</param>
/// <param name="things">The twins.</param>
/// <param name="time">The clock.</param>
internal sealed class DevicePresence(CloudConnector connector, CommandListeners listeners, ThingStore things, TimeProvider time)
{
    private const string Feature = "ConnectionStatus";
    private const string Definition = "org.eclipse.ditto:ConnectionStatus:1.0.0";
    private const string Forever = "9999-12-31T23:59:59Z";

    private readonly Lock _deciding = new();

    /// <summary>Looks at all twins again.</summary>
    public void Refresh()
    {
        foreach (var thing in things.All.Where(t => connector.Serves(t.Id) || IsReady(t)).OrderBy(t => t.Id.ToString(), StringComparer.Ordinal))
            Refresh(thing.Id);
    }

    /// <summary>Looks at one twin again.</summary>
    public void Refresh(ThingId id)
    {
        lock (_deciding)
        {
            if (things.Find(id) is not { } thing || IsReady(thing) == CanBeReached(id))
                return;
            var now = JsonText.String(Instant.ToText(time.GetUtcNow()));
            things.Execute(IsReady(thing)
                ? Modify(id, ResourcePath.Property(Feature, "status/readyUntil"), now)
                : Modify(id, ResourcePath.Feature(Feature), Ready(now)));
        }
    }

    private bool CanBeReached(ThingId id) =>
        connector.IsOnline && connector.Serves(id) && (id.ToString() == connector.Identity.DeviceId || listeners.Has(id.ToString()));

    private static bool IsReady(Thing thing) =>
        thing.TryGet(ResourcePath.Property(Feature, "status/readyUntil"), out var until)
        && until.ValueKind == JsonValueKind.String && until.ValueEquals(Forever);

    private static TwinCommand Modify(ThingId id, ResourcePath path, JsonElement value) => new(id, "modify", path, value, DittoHeaders.Empty)
    {
        Caller = Caller.Harness,
        Origin = CloudConnector.Origin,
    };

    private static JsonElement Ready(JsonElement since) => JsonText.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("definition");
        writer.WriteStringValue(Definition);
        writer.WriteEndArray();
        writer.WriteStartObject("properties");
        writer.WriteStartObject("status");
        writer.WritePropertyName("readySince");
        since.WriteTo(writer);
        writer.WriteString("readyUntil", Forever);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    });
}
