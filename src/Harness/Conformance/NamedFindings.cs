using Leda.Harness.Simulator.Journal;
using Leda.Harness.Simulator.Referee;

namespace Leda.Harness.Conformance;

/// <summary>What the referee finds of a defect that a failed requirement has named already.</summary>
internal sealed class NamedFindings
{
    private const string Schema = "schema/";

    private readonly Requirement _requirement;
    private readonly RequirementResult _failure;
    private readonly HashSet<(string Where, string Expected)> _faults;

    /// <summary>Looks at what is wrong with the messages that the requirement found wrong.</summary>
    public NamedFindings(Requirement requirement, RequirementResult failure, IEnumerable<DeviceMessage> said)
    {
        _requirement = requirement;
        _failure = failure;
        _faults = [.. said.Where(m => failure.Wrong.Contains(m.Entry.Sequence)).SelectMany(m => m.Entry.Judgement.Findings).Select(FaultOf)];
    }

    /// <summary>
    /// Whether a finding is one of them: by a rule that says the same, and, as schemas say many things, on a message that was found wrong or about
    /// the same fault as there.
    /// </summary>
    public bool Has(Finding finding, JournalEntry entry) => _requirement.Rules.Any(rule => finding.Rule.StartsWith(rule, StringComparison.Ordinal))
        && (!finding.Rule.StartsWith(Schema, StringComparison.Ordinal) || _failure.Wrong.Contains(entry.Sequence) || _faults.Contains(FaultOf(finding)));

    /// <summary>The same fault in another element of an array is the same.</summary>
    private static (string Where, string Expected) FaultOf(Finding finding) =>
        (string.Join('/', finding.Where.Split('/').Select(s => s.All(char.IsAsciiDigit) ? "" : s)), finding.Expected);
}
