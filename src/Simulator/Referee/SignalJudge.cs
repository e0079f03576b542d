using System.Text.Json;
using Leda.Harness.Simulator.Referee.Contract;
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
        var unknown = new List<Finding>();
        var parts = new SignalParts(catalogue, signal, json, unknown).All();
        var only = parts.Count == 1 ? parts[0] : default;
        if (only is not { Schema: not null, At: SignalParts.Value } || signal.Envelope.Value is null || !envelope.IsKept(json, only.Schema))
            JudgeEach(envelope, parts, unknown);
        return (only.Schema ?? envelope).Judged(findings);
    }

    private void JudgeEach(PayloadSchema envelope, IReadOnlyList<SignalPart> parts, List<Finding> unknown)
    {
        AddUnexplained(envelope.Judge(json, ""));
        findings.AddRange(unknown);
        foreach (var (schema, value, at) in parts)
            AddUnexplained(schema.Judge(value, at));
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
