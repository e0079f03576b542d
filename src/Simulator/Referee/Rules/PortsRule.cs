using System.Text.Json;
using static Leda.Harness.Simulator.Referee.Rules.Examples;

namespace Leda.Harness.Simulator.Referee.Rules;

/// <summary>SEM-08. The device answers 500, so this is no error of the message.</summary>
internal sealed class PortsRule : SignalRule
{
    private const string Everywhere = "0.0.0.0";

    private const int Most = 200; // of mappings of one container, each is compared with all before it

    public override string Id => Rule.Ports;

    public override Severity Severity => Severity.Warning;

    public override string Sentence => "hostPort is not above hostPortEnd, and no port of the host is mapped twice.";

    public override string Hint => "Write the lower port first, and give each mapping host ports of its own.";

    public override string Source => "payloads.md 5, SEM-08";

    public override IReadOnlyList<ExampleMessage> Passing => [CreateWith("""{"portMappings":[{"hostPort":80,"hostPortEnd":82,"containerPort":80},{"hostPort":83,"containerPort":81}]}""")];

    public override IReadOnlyList<ExampleMessage> Failing => [CreateWith("""{"portMappings":[{"hostPort":80,"hostPortEnd":82,"containerPort":80},{"hostPort":82,"containerPort":81}]}""")];

    public override void Check(Signal signal, List<Finding> findings)
    {
        foreach (var (config, at) in signal.ContainerSettings)
            CheckOne(config, at, findings);
    }

    private void CheckOne(JsonElement config, string at, List<Finding> findings)
    {
        if (config.Member("portMappings"u8) is not { ValueKind: JsonValueKind.Array } mappings)
            return;
        var taken = new List<(long First, long Last, string Protocol, string Address)>(Math.Min(mappings.GetArrayLength(), Most));
        var i = -1;
        foreach (var mapping in mappings.EnumerateArray())
        {
            i++;
            if (mapping.Whole("hostPort"u8) is not { } first)
                continue;
            var last = mapping.Whole("hostPortEnd"u8) is { } end and > 0 ? end : first;
            if (last < first)
                findings.Add(Found($"{at}/portMappings/{i}/hostPortEnd", $"{first} or more", $"{last}"));
            var (protocol, address) = (mapping.Text("proto"u8)?.ToLowerInvariant() ?? "tcp", mapping.Text("hostIP"u8) ?? Everywhere);
            var rival = i == 0 ? -1 : Rival(taken, first, last, protocol, address);
            if (rival >= 0)
                findings.Add(Found($"{at}/portMappings/{i}/hostPort", $"another host port than {taken[rival].First} to {taken[rival].Last}", $"{first}"));
            if (taken.Count < Most)
                taken.Add((first, last, protocol, address));
        }
    }

    private static int Rival(List<(long First, long Last, string Protocol, string Address)> taken, long first, long last, string protocol, string address) =>
        taken.FindIndex(other => other.First <= last && first <= other.Last && other.Protocol == protocol && MayMeet(other.Address, address));

    private static bool MayMeet(string one, string other) => one == other || one is "" or Everywhere || other is "" or Everywhere;
}
