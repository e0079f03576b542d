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
        if (config.Member("privileged") is { ValueKind: JsonValueKind.True })
        {
            Exclude(config.Items("devices").Any(), at, "no devices for a privileged container", findings);
            Exclude(config.Items("extraCapabilities").Any(), $"{at}/extraCapabilities", "none for a privileged container", findings);
        }

        if (string.Equals(config.Text("networkMode"), "HOST", StringComparison.OrdinalIgnoreCase))
        {
            Exclude(config.Items("portMappings").Any(), at, "no portMappings beside the network HOST", findings);
            var usesHostIp = config.Items("extraHosts").Any(host => host.ValueKind == JsonValueKind.String && host.GetString()!.Contains(":host_ip", StringComparison.Ordinal));
            Exclude(usesHostIp, $"{at}/extraHosts", "no host_ip beside the network HOST", findings);
        }

        if (config.Member("restartPolicy") is { } policy && policy.Text("type") is { } type)
        {
            var isOnFailure = type.Replace('-', '_').Equals("ON_FAILURE", StringComparison.OrdinalIgnoreCase);
            Exclude(!isOnFailure && policy.Whole("maxRetryCount") > 0, $"{at}/restartPolicy/maxRetryCount", "none beside a type other than ON_FAILURE", findings);
        }
    }

    private void Exclude(bool isThere, string at, string expected, List<Finding> findings)
    {
        if (isThere)
            findings.Add(Found(at, expected, "both"));
    }
}
