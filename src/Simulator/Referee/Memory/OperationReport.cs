using System.Text.Json;

namespace Leda.Harness.Simulator.Referee.Memory;

/// <summary>What a device says of a software operation: a value of <c>lastOperation</c> or <c>lastFailedOperation</c>.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="CorrelationId">The operation's; empty if the command had none.</param>
/// <param name="Subject">The module, as <c>name version</c>; empty for what is removed.</param>
/// <param name="Status">One of <see cref="OperationStates"/>, or any other text.</param>
/// <param name="Value">All of it; not kept in memory.</param>
/// <param name="At">Where it stands in the message.</param>
internal sealed record OperationReport(string Feature, string CorrelationId, string Subject, string Status, JsonElement Value, string At)
{
    /// <summary>The report at a path of a feature; <see langword="null"/> if there is none.</summary>
    public static OperationReport? Of(FeaturePart part, string below)
    {
        if (part.Family != FeatureFamily.SoftwareUpdatable || part.Below != below || part.Value.Text("status"u8) is not { } status)
            return null;
        var id = part.Value.Text("correlationId"u8) ?? part.Value.Text("correlationID"u8) ?? "";
        var subject = part.Value.Member("softwareModule"u8) is { ValueKind: JsonValueKind.Object } module ? NameOf(module) : "";
        return new OperationReport(part.Id, id, subject, status, part.Value, part.At);
    }

    /// <summary>A module, so that two can be compared.</summary>
    public static string NameOf(JsonElement module) => $"{module.Text("name"u8)} {module.Text("version"u8)}";

    /// <summary>Whether both speak of the same operation.</summary>
    public bool IsOfSame(OperationReport other) => (Feature, CorrelationId, Subject) == (other.Feature, other.CorrelationId, other.Subject);
}
