using System.Text;

namespace Leda.Harness.Simulator.Rql;

/// <summary><c>exists(property)</c>: it is there, and be it <c>null</c>; <c>empty(property)</c>: it is not, or nothing is in it.</summary>
internal sealed class RqlPresence(string name, RqlProperty property) : RqlNode
{
    public const string Exists = "exists";
    public const string Empty = "empty";

    public override bool Matches(RqlSubject subject, RqlSemantics semantics)
    {
        var value = subject.Find(property);
        return name == Exists ? value is not null : value?.IsEmpty ?? true;
    }

    public override IEnumerable<RqlProperty> Properties() => [property];

    public override void Write(StringBuilder text) => text.Append(name).Append('(').Append(property).Append(')');
}
