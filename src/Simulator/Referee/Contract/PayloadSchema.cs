using System.Collections.Concurrent;
using System.Text.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Referee.Contract;

/// <summary>The two profiles of one payload.</summary>
internal sealed class PayloadSchema(SchemaEntry entry, Lazy<SchemaSet> schemas)
{
    private readonly Judgement _clean = new(Verdict.Ok, entry.Id, []);
    private readonly ConcurrentDictionary<PayloadSchema, JsonValidator?> _withValue = new(); // as many as there are schemas
    private JsonValidator? _contract;

    public string Id => entry.Id;

    /// <summary>Whether any payload will do.</summary>
    public bool IsFree => entry.Contract is null;

    /// <summary>Whether nothing at all is a deviation that is known on the wire.</summary>
    public bool MayBeEmpty => entry.MayBeEmpty;

    /// <summary>
    /// Holds a value against the contract, and against what is known on the wire only if that fails: deviations that the wire profile
    /// accepts are warnings, others are errors.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="at">Where it stands in the message.</param>
    public IEnumerable<Finding> Judge(JsonElement value, string at)
    {
        if (Contract is not { } contract || contract.IsValid(value))
            return [];
        var wire = entry.Wire is null ? contract : schemas.Value[entry.Wire];
        var rule = Rule.Schema + Id;
        return wire.IsValid(value)
            ? SchemaFindings.Of(contract.Explain(value, at), rule, Severity.Warning)
            : SchemaFindings.Of(wire.Explain(value, at), rule, Severity.Error);
    }

    /// <summary>
    /// Whether an envelope keeps this contract and the value in it another one, found out in one pass over both. If not,
    /// <see cref="Judge"/> tells more of each.
    /// </summary>
    /// <param name="envelope">The envelope; it has a value.</param>
    /// <param name="value">What the value is held against.</param>
    public bool IsKept(JsonElement envelope, PayloadSchema value) =>
        _withValue.GetOrAdd(value, static (value, self) => self.WithValue(value), this)?.IsValid(envelope) == true;

    /// <summary>The judgement on a message that was held against this schema: one and the same for all that are clean.</summary>
    public Judgement Judged(List<Finding> findings) => findings.Count == 0 ? _clean : Judgement.Of(Id, findings);

    private JsonValidator? Contract => _contract ??= entry.Contract is { } file ? schemas.Value[file] : null;

    private JsonValidator? WithValue(PayloadSchema value) => value.Contract is { } other ? Contract?.With("value", other) : null;
}
