using Leda.Harness.Protocol.Hono;
using Leda.Harness.Simulator.Referee.Memory;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>The two forms mean the same to the cloud, not on the local bus.</summary>
internal sealed class GatewayFormRule : ConversationRule
{
    public override string Id => Rule.GatewayForm;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "A command to the gateway itself leaves the device of the bus topic out.";

    public override string Hint => "Publish it on command///req/<request-id>/<subject>: agents of the gateway subscribe to nothing else.";

    public override string Source => "payloads.md 1.5; connectors-and-leda.md 1.6 and 1.10";

    public override IReadOnlyList<ExampleMessage> Passing => [Announce, ToGateway("command///req/1/request")];

    public override IReadOnlyList<ExampleMessage> Failing => [Announce, ToGateway("command//acme:gw-1/req/1/request")];

    public override void Check(Heard heard, Conversation conversation, List<Finding> findings)
    {
        if (heard.Signal is { IsCommand: true, Bus: { Device.Length: > 0 } bus } && bus.Device == conversation.Identity?.DeviceId)
            findings.Add(Found("topic", $"'{DeviceTopic.Command("", bus.RequestId, bus.Subject)}'", $"'{Words.Short(heard.Message.Topic)}'"));
    }

    private static ExampleMessage ToGateway(string topic) => new(
        topic, Command("Metrics", "request", "{}").Payload.Replace("gw-1:edge:containers", "gw-1", StringComparison.Ordinal));
}
