using System.Collections.Immutable;
using System.Text.Json;
using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Rql;

namespace Leda.Harness.Simulator.Twins;

/// <summary>A thing as it is stored, for conditions and the search.</summary>
public sealed record ThingSubject(Thing Thing) : RqlSubject
{
    /// <summary>Which features a wildcard sees: those where this holds for the place that it asks for; <see langword="null"/> for all.</summary>
    public Func<Thing, JsonPointer, bool>? MayRead { get; init; }

    private protected override RqlValue? Read(RqlProperty property) => property.Kind switch
    {
        RqlPropertyKind.ThingId => RqlValue.Of(Thing.Id.ToString()),
        RqlPropertyKind.Namespace => RqlValue.Of(Thing.Id.Namespace),
        RqlPropertyKind.PolicyId => Below(Thing.PolicyId, property),
        RqlPropertyKind.Definition => Below(Thing.Definition, property),
        RqlPropertyKind.Revision => RqlValue.Of(Thing.Revision),
        RqlPropertyKind.Created => RqlValue.Of(RqlTime.ToText(Thing.Created)),
        RqlPropertyKind.Modified => RqlValue.Of(RqlTime.ToText(Thing.Modified)),
        RqlPropertyKind.Attribute => Below(Thing.Attributes, property),
        RqlPropertyKind.Metadata => Below(Thing.Metadata, property),
        RqlPropertyKind.Feature when property.IsWildcard => OfAnyFeature(property),
        RqlPropertyKind.Feature => Below(Thing.Feature(property.FeatureId!), property),
        _ => null,
    };

    private static RqlValue? Below(JsonElement? root, RqlProperty property) =>
        root is { } json ? RqlPath.Find(json, property.Below.Segments.AsSpan()) : null;

    private RqlValue? OfAnyFeature(RqlProperty property)
    {
        if (Thing.Features is null)
            return null;
        var found = ImmutableArray.CreateBuilder<RqlValue>(Thing.Features.Count);
        foreach (var (id, feature) in Thing.Features)
        {
            if (Below(feature.Value, property) is { } value && MaySee(id, property))
                found.Add(value);
        }

        return RqlValue.OfSeveral(found.DrainToImmutable());
    }

    private bool MaySee(string featureId, RqlProperty property) =>
        MayRead is null || MayRead(Thing, JsonPointer.Of(["features", featureId, .. property.Below.Segments]));
}
