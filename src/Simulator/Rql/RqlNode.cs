using System.Text;

namespace Leda.Harness.Simulator.Rql;

/// <summary>One operation of an expression.</summary>
internal abstract class RqlNode
{
    public abstract bool Matches(RqlSubject subject, RqlSemantics semantics);

    /// <summary>The properties that it reads.</summary>
    public abstract IEnumerable<RqlProperty> Properties();

    /// <summary>Writes it in its shortest form.</summary>
    public abstract void Write(StringBuilder text);
}
