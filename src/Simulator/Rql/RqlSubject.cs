namespace Leda.Harness.Simulator.Rql;

/// <summary>What an expression is evaluated on: a stored thing, or a signal with what it changes. Values are read where they stand; no JSON
/// is built.</summary>
public abstract record RqlSubject
{
    /// <summary>The instant that <c>time:now</c> means.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>A property's value, or <see langword="null"/>.</summary>
    internal RqlValue? Find(RqlProperty property) => property.Time is { } time ? time.At(Now) : Read(property);

    /// <summary>The value of a property that is no instant.</summary>
    private protected abstract RqlValue? Read(RqlProperty property);
}
