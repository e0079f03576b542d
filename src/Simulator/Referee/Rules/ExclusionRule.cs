using System.Text.Json;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-10. The device answers 500, so this is no error of the message.</summary>
internal sealed class ExclusionRule : SignalRule
{
    public override string Id => Rule.Exclusion;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "privileged excludes devices and extraCapabilities; the network HOST excludes portMappings and host_ip; maxRetryCount goes with ON_FAILURE alone.";

    public override string Hint => "Leave one of the two out; the daemon answers 500 to both.";

    public override string Source => "payloads.md 5 and 6, SEM-10";

    public override IReadOnlyList<ExampleMessage> Passing => [CreateWith("""{"networkMode":"BRIDGE","portMappings":[{"hostPort":80,"containerPort":80}]}""")];

    public override IReadOnlyList<ExampleMessage> Failing => [CreateWith("""{"networkMode":"HOST","portMappings":[{"hostPort":80,"containerPort":80}]}""")];

    public override void Check(Signal signal, List<Finding> findings)
    {
        foreach (var (config, at) in signal.ContainerSettings)
            CheckOne(config, at, findings);
    }

    private void CheckOne(JsonElement config, string at, List<Finding> findings)
    {
        if (config.Member("privileged"u8) is { ValueKind: JsonValueKind.True })
        {
            Exclude(config.Items("devices"u8).Any(), at, "", "no devices for a privileged container", findings);
            Exclude(config.Items("extraCapabilities"u8).Any(), at, "/extraCapabilities", "none for a privileged container", findings);
        }

        if (string.Equals(config.Text("networkMode"u8), "HOST", StringComparison.OrdinalIgnoreCase))
        {
            Exclude(config.Items("portMappings"u8).Any(), at, "", "no portMappings beside the network HOST", findings);
            var usesHostIp = config.Items("extraHosts"u8).Any(host => host.ValueKind == JsonValueKind.String && host.GetString()!.Contains(":host_ip", StringComparison.Ordinal));
            Exclude(usesHostIp, at, "/extraHosts", "no host_ip beside the network HOST", findings);
        }

        if (config.Member("restartPolicy"u8) is { } policy && policy.Text("type"u8) is { } type)
        {
            var isOnFailure = type.Replace('-', '_').Equals("ON_FAILURE", StringComparison.OrdinalIgnoreCase);
            Exclude(!isOnFailure && policy.Whole("maxRetryCount"u8) > 0, at, "/restartPolicy/maxRetryCount", "none beside a type other than ON_FAILURE", findings);
        }
    }

    private void Exclude(bool isThere, string at, string below, string expected, List<Finding> findings)
    {
        if (isThere)
            findings.Add(Found(at + below, expected, "both"));
    }
}
