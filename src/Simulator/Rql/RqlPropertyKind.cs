namespace Leda.Harness.Simulator.Rql;

/// <summary>What an <see cref="RqlProperty"/> reads (<c>ditto.md</c> 6.2).</summary>
internal enum RqlPropertyKind
{
    ThingId,
    Namespace,
    PolicyId,
    Definition,
    Revision,
    Created,
    Modified,
    Attribute,
    Feature,
    Metadata,

    /// <summary><c>topic:…</c>, <c>resource:…</c>, <c>entity:…</c></summary>
    Signal,

    /// <summary><c>time:…</c></summary>
    Time,
}
