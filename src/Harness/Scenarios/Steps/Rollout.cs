using System.Text.Json;
using Leda.Harness.Protocol.HawkBit;
using Leda.Harness.Simulator.Journal;

namespace Leda.Harness.Scenarios.Steps;

/// <summary>The latest change of software that a scenario asked for, and what the device tells of it.</summary>
internal sealed class Rollout
{
    private const string Properties = $"/features/{SoftwareUpdatable.FeatureId}/properties/";

    private int _count;

    /// <summary>The correlation id of the change.</summary>
    public string Id => $"rollout-{_count}";

    /// <summary>Begins another change; its id.</summary>
    public string Begin()
    {
        _count++;
        return Id;
    }

    /// <summary>The status that the device reports as the last operation, or <see langword="null"/>.</summary>
    public OperationStatus? LastOperation(JournalEntry entry) => Operation(entry, SoftwareUpdatable.LastOperationPath);

    /// <summary>The status that the device reports as the last failed operation, or <see langword="null"/>.</summary>
    public OperationStatus? LastFailedOperation(JournalEntry entry) => Operation(entry, SoftwareUpdatable.LastFailedOperationPath);

    private OperationStatus? Operation(JournalEntry entry, string property) =>
        entry.TwinCommand("modify") is { Value: { } value } change && change.Path == $"{Properties}{property}"
        && value.Deserialize(HawkBitJson.Default.OperationStatus) is { } operation && operation.CorrelationId == Id
            ? operation
            : null;
}
