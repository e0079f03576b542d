using System.Text.Json;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Rql;

/// <summary>What an expression is evaluated on: a stored thing, or a signal with what it changes. Values are read where they stand; no JSON
/// is built.</summary>
public abstract record RqlSubject
{
    /// <summary>The instant that <c>time:now</c> means.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>A thing as it is stored, for conditions and the search.</summary>
    /// <param name="thing">The thing.</param>
    /// <param name="now">The instant that <c>time:now</c> means.</param>
    /// <param name="metadata">Its metadata, if it has any.</param>
    public static RqlSubject Of(Thing thing, DateTimeOffset now, JsonElement? metadata = null) =>
        new ThingSubject(thing) { Now = now, Metadata = metadata };

    /// <summary>A property's value, or <see langword="null"/>.</summary>
    internal RqlValue? Find(RqlProperty property) => property.Time is { } time ? time.At(Now) : Read(property);

    /// <summary>The value of a property that is no instant.</summary>
    private protected abstract RqlValue? Read(RqlProperty property);
}
