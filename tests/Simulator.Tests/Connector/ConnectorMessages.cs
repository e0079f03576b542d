using System.Text;
using Leda.Harness.Protocol.Messaging;

namespace Leda.Harness.Simulator.Tests.Connector;

/// <summary>What cloud and device say to each other in these tests.</summary>
internal static class ConnectorMessages
{
    public const string Child = "ns:gw:dev:edge:containers";

    public static byte[] Command(string correlationId, string? timeout = null) => Encoding.UTF8.GetBytes(
        $$"""{"topic":"ns/gw:dev:edge:containers/things/live/messages/stop","headers":{"correlation-id":"{{correlationId}}"{{(timeout is null ? "" : $",\"timeout\":\"{timeout}\"")}}},"path":"/features/x/inbox/messages/stop"}""");

    public static BusMessage Modify(string path, string value) => BusMessage.Of(
        "e", $$"""{"topic":"ns/gw:dev/things/twin/commands/modify","headers":{},"path":"{{path}}","value":{{value}}}""");

    public static BusMessage Response(string topic, string correlationId) => BusMessage.Of(
        topic,
        $$"""{"topic":"ns/gw:dev:edge:containers/things/live/messages/stop","headers":{"correlation-id":"{{correlationId}}"},"path":"/features/x/outbox/messages/stop","status":204}""");
}
