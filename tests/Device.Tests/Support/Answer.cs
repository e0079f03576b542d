using System.Text;
using System.Text.Json;
using Leda.Harness.Device.Tests.Golden;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Hono;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Device.Tests.Support;

/// <summary>An answer to a command.</summary>
internal sealed record Answer(DeviceTopic Topic, Envelope Envelope)
{
    public int Status => Topic.Status;

    public string? Error => Envelope.Value is { ValueKind: JsonValueKind.Object } value ? value.GetProperty("error").GetString() : null;

    public string? Message => Envelope.Value is { ValueKind: JsonValueKind.Object } value ? value.GetProperty("message").GetString() : null;

    public static Answer Of(Message published) =>
        new(DeviceTopic.Parse(published.Topic), Envelope.Parse(Encoding.UTF8.GetBytes(published.Payload)));

    public static Answer Of(BusObservation published) =>
        new(DeviceTopic.Parse(published.Topic), Envelope.Parse(published.Payload.Span));
}
