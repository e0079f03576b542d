using System.Text.Json;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Judges one envelope whose topic has been understood: rules, envelope schema, value schema.</summary>
internal sealed class SignalJudge(SchemaCatalogue catalogue, Signal signal, JsonElement json, List<Finding> findings)
{
    private static readonly Func<Signal, IEnumerable<Finding>>[] _rules =
    [
        AddressRules.SameThing,
        AddressRules.SameSubject,
        HeaderRules.CorrelationId,
        HeaderRules.ResponseRequired,
        HeaderRules.ContentType,
        ResponseRules.Status,
        ResponseRules.Path,
        ResponseRules.Value,
        ReadablePath,
    ];

    public Judgement Judge()
    {
        if (catalogue.ForEnvelope(signal.Kind) is not { } envelope)
            return Judgement.None;
        foreach (var rule in _rules)
            findings.AddRange(rule(signal));
        AddUnexplained(envelope.Judge(json, ""));
        var parts = new SignalParts(catalogue, signal, json, findings).All().ToList();
        foreach (var (schema, value, at) in parts)
        {
            AddUnexplained(schema.Judge(value, at));
            findings.AddRange(DependencyKeyRule.Check(value, schema.Id, at));
        }

        return Judgement.Of(parts is [var only] ? only.Schema.Id : envelope.Id, findings);
    }

    private static IEnumerable<Finding> ReadablePath(Signal signal)
    {
        var isReadable = signal.Topic.Criterion == Criterion.Messages
            ? MessagePath.TryParse(signal.Envelope.Path, out _, out var problem)
            : ResourcePath.TryParse(signal.Envelope.Path, out _, out problem);
        if (isReadable)
            yield break;
        var isEcho = signal.IsLiveResponse && signal.Envelope.Status == 400;
        yield return new Finding(
            Rule.EnvelopePath, isEcho ? Severity.Warning : Severity.Error, "/path", "a path that fits the topic", problem!,
            isEcho ? "The refused command had this path; the refusal repeats it, as Kanto does." : "Ditto answers 400 to this path.");
    }

    /// <summary>A rule explains better than a schema: what has been said about a place is not said again.</summary>
    private void AddUnexplained(IEnumerable<Finding> more)
    {
        foreach (var finding in more)
        {
            if (!findings.Exists(known => known.Where == finding.Where && known.Severity >= finding.Severity))
                findings.Add(finding);
        }
    }
}
