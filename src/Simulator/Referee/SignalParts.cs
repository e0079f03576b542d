using System.Text.Json;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Referee.Contract;

namespace Leda.Harness.Simulator.Referee;

/// <summary>Something inside an envelope that has a schema of its own.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Value">The value.</param>
/// <param name="At">JSON pointer to it.</param>
internal readonly record struct SignalPart(PayloadSchema Schema, JsonElement Value, string At);

/// <summary>Finds what an envelope carries: the value as its path names it, or each feature of a whole thing.</summary>
internal sealed class SignalParts(SchemaCatalogue catalogue, Signal signal, JsonElement json, List<Finding> findings)
{
    /// <summary>Where an envelope has its value.</summary>
    public const string Value = "/value";

    // Go reads an absent value as null, so the schemas decide about both in one way.
    private readonly JsonElement _value = json.TryGetProperty("value"u8, out var value) ? value : JsonText.Null;

    public IReadOnlyList<SignalPart> All() => signal.Kind switch
    {
        "twin command" or "twin event" when signal.Topic.Action is "create" or "created" or "modify" or "modified" => OfTwin(),
        "twin response" when signal.Envelope.Status >= 400 => [Error()],
        "live request" or "live event" => OfMessage(),
        "live response" when signal.Envelope.Status >= 400 => IsOurs() ? [Error()] : [],
        "live response" when signal.Envelope.Status != 204 => OfMessage(),
        _ => [],
    };

    private IReadOnlyList<SignalPart> OfTwin()
    {
        if (signal.Resource is not { } path)
            return [];
        return path.Kind switch
        {
            ResourceKind.Thing or ResourceKind.Features => OfFeatures(),
            ResourceKind.Feature when path.Pointer.IsRoot => One(catalogue.ForFeature(path.FeatureId!, signal.Features is [var whole] ? whole.Definitions : [], "")),
            ResourceKind.Feature => One(catalogue.ForFeature(path.FeatureId!, signal.DefinitionsOf(path.FeatureId!), path.Pointer.ToString())),
            _ => [],
        };
    }

    private List<SignalPart> OfFeatures()
    {
        var parts = new List<SignalPart>();
        foreach (var feature in signal.Features)
            parts.AddRange(One(catalogue.ForFeature(feature.Id, feature.Definitions, ""), feature.Value, feature.At, feature.At, feature.Id));
        return parts;
    }

    private SignalPart[] OfMessage() => signal.Message is { } path ? One(Message(path)) : [];

    private PayloadSchema? Message(MessagePath path) => path.FeatureId is { } feature
        ? catalogue.ForFeature(feature, signal.DefinitionsOf(feature), (path with { FeatureId = null }).ToString())
        : null;

    private SignalPart[] One(PayloadSchema? schema) => One(schema, _value, Value, "/path", signal.Envelope.Path);

    private SignalPart[] One(PayloadSchema? schema, JsonElement value, string at, string where, string seen)
    {
        if (schema is not null)
            return [new SignalPart(schema, value, at)];
        findings.Add(new Finding(
            Rule.NoSchema, Severity.Info, where, where == "/path" ? "a path that the contract knows" : "a feature that the contract knows", $"'{Words.Short(seen)}'",
            "Nothing is wrong: only the envelope was judged."));
        return [];
    }

    private SignalPart Error() => new(catalogue.ForEnvelope("error value")!, _value, Value);

    /// <summary>Whether the operation belongs to one of the contract's features; others may fail in words of their own.</summary>
    private bool IsOurs() => signal.Message?.FeatureId is { } feature && catalogue.ForFeature(feature, signal.DefinitionsOf(feature), "") is not null;
}
