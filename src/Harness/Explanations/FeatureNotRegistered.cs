using System.Text.Json;
using Leda.Harness.Conformance;
using Leda.Harness.Protocol.Ditto;

namespace Leda.Harness.Explanations;

/// <summary>It is a matter of a feature that no device has registered.</summary>
internal sealed class FeatureNotRegistered : Cause
{
    private const int MostNames = 5;

    /// <inheritdoc/>
    public override Explanation? Find(Record record)
    {
        if (!record.IsWhole)
            return null;
        foreach (var command in record.Commands.Reverse())
        {
            if (command.Message is { Feature: { } feature, ThingId: { } thing } && Registered(record, thing) is var known && !known.Contains(feature))
                return At(command.Entry, $"the command '{command.Bus.Subject}' is for the feature {feature}, which is not registered; {Tell(known, thing)}");
        }

        var (wanted, of) = (record.Awaited.Feature, record.Awaited.Thing);
        return wanted is not null && Registered(record, of) is var there && !there.Contains(wanted)
            ? Missing($"no device has registered the feature {wanted} of {of}; {Tell(there, of)}")
            : null;
    }

    private static string Tell(HashSet<string> known, ThingId thing) => known.Count == 0
        ? $"nothing of {thing} is"
        : $"registered are {string.Join(", ", known.Order(StringComparer.Ordinal).Take(MostNames))}{(known.Count > MostNames ? " …" : "")}";

    private static HashSet<string> Registered(Record record, ThingId thing)
    {
        var features = new HashSet<string>();
        foreach (var message in record.All.Select(PublishedMessage.Of))
        {
            if (message is not { Path: { } path, Topic: { } topic } || topic.ThingId != thing || !message.IsStatement)
                continue;
            if (topic.Action != "delete")
                features.UnionWith(Of(path, message.Envelope!.Value));
            else if (path is { FeatureId: { } gone, Pointer.IsRoot: true })
                features.Remove(gone);
        }

        return features;
    }

    private static IEnumerable<string> Of(ResourcePath path, JsonElement? value) => path.Kind switch
    {
        ResourceKind.Feature when path.Pointer.IsRoot => [path.FeatureId!],
        ResourceKind.Features => Names(value),
        ResourceKind.Thing => Names(Json.At(value, "features")),
        _ => [],
    };

    private static IEnumerable<string> Names(JsonElement? features) =>
        features is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject().Select(f => f.Name) : [];
}
