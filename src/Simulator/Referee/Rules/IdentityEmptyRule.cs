using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>What container-management makes of an announcement without ids (<c>payloads.md</c> 0 and 1.5).</summary>
internal sealed class IdentityEmptyRule : SignalRule
{
    public override string Id => Rule.IdentityEmpty;

    public override Severity Severity => Severity.Error;

    public override string Sentence => "A thing has the namespace and the name of its gateway.";

    public override string Hint => "Announce deviceId and tenantId on edge/thing/response, spelt so: container-management does not refuse an announcement without them.";

    public override string Source => "payloads.md 0, 1.5 and 11; connectors-and-leda.md 1.2";

    public override IReadOnlyList<ExampleMessage> Passing => [Announced("oci:container")];

    public override IReadOnlyList<ExampleMessage> Failing => [Nobody];

    public override void Check(Signal signal, List<Finding> findings)
    {
        var (@namespace, name) = (signal.Topic.ThingId.Namespace, signal.Topic.ThingId.Name);
        if (@namespace.Length == 0 && name.TrimStart(':').StartsWith("edge:", StringComparison.Ordinal))
            findings.Add(Found("/topic", "<namespace>/<gateway>:edge:containers", $"'{Words.Short(signal.Envelope.Topic)}'"));
    }

    private static ExampleMessage Nobody { get; } = new(
        "e//:edge:containers",
        """{"topic":"/edge:containers/things/twin/commands/modify","headers":{"response-required":false},"path":"/features/Metrics","value":{"definition":["com.bosch.iot.suite.edge.metric:Metrics:1.0.0"]}}""");
}
