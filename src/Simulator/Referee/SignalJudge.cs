using System.Text.Json;
using Leda.Harness.Simulator.Referee.Rules;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Judges one envelope whose topic has been understood: rules, envelope schema, value schema.</summary>
internal sealed class SignalJudge(SchemaCatalogue catalogue, Signal signal, JsonElement json, List<Finding> findings)
{
    private Dictionary<string, Severity>? _said;

    public Judgement Judge()
    {
        if (catalogue.ForEnvelope(signal.Kind) is not { } envelope)
            return Judgement.None;
        foreach (var rule in RuleBook.Signals)
            rule.Check(signal, findings);
        AddUnexplained(envelope.Judge(json, ""));
        var parts = new SignalParts(catalogue, signal, json, findings).All();
        foreach (var (schema, value, at) in parts)
            AddUnexplained(schema.Judge(value, at));

        return (parts is [var only] ? only.Schema : envelope).Judged(findings);
    }

    /// <summary>A rule explains better than a schema: what has been said about a place is not said again.</summary>
    private void AddUnexplained(IEnumerable<Finding> more)
    {
        foreach (var finding in more)
        {
            _said ??= findings.GroupBy(known => known.Where).ToDictionary(place => place.Key, place => place.Max(known => known.Severity));
            if (_said.TryGetValue(finding.Where, out var severity) && severity >= finding.Severity)
                continue;
            _said[finding.Where] = finding.Severity;
            findings.Add(finding);
        }
    }
}
