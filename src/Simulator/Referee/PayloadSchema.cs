using Newtonsoft.Json.Linq;

namespace Leda.Harness.Simulator.Referee;

/// <summary>The two profiles of one payload.</summary>
internal sealed class PayloadSchema(SchemaEntry entry, Func<string, string> read)
{
    private readonly CompiledSchema? _contract = Compiled(entry.Contract, read);
    private readonly CompiledSchema? _wire = Compiled(entry.Wire, read);

    public string Id => entry.Id;

    /// <summary>Whether any payload will do.</summary>
    public bool IsFree => _contract is null;

    /// <summary>Whether nothing at all is a deviation that is known on the wire.</summary>
    public bool MayBeEmpty => entry.MayBeEmpty;

    /// <summary>
    /// Holds a value against the contract, and against what is known on the wire only if that fails: deviations that the wire profile
    /// accepts are warnings, others are errors.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="at">Where it stands in the message.</param>
    public IEnumerable<Finding> Judge(JToken value, string at)
    {
        if (_contract is null)
            return [];
        var deviations = _contract.Check(value);
        if (deviations.Count == 0)
            return [];
        var errors = _wire is null ? deviations : _wire.Check(value);
        var rule = Rule.Schema + Id;
        return errors.Count == 0
            ? SchemaFindings.Of(deviations, new Place(value, at), rule, Severity.Warning)
            : SchemaFindings.Of(errors, new Place(value, at), rule, Severity.Error);
    }

    public void Compile()
    {
        _contract?.Compile();
        _wire?.Compile();
    }

    private static CompiledSchema? Compiled(string? path, Func<string, string> read) => path is null ? null : new CompiledSchema(path, read);
}
