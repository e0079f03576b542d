using CsCheck;

namespace Leda.Harness.Simulator.Tests.Rql;

/// <summary>Random expressions in their shortest form.</summary>
internal static class Expressions
{
    private static readonly Gen<string> _property = Gen.OneOf(
        "thingId", "policyId", "definition", "_revision", "_created", "_modified", "namespace", "attributes/a", "attributes/a/b", "attributes/ä😀",
        """attributes/a\,b\ \(c\)\"\\""", "attributes/a~1b", "features/f", "features/*/properties/p", "features/*", "features/f/definition",
        "features/f/desiredProperties", "_metadata/attributes/a");

    private static readonly Gen<string> _value = Gen.OneOf(
        Gen.Long.Select(v => v.ToString()),
        Gen.Decimal[-1_000_000, 1_000_000].Select(v => v.ToString("0.0###")),
        Gen.OneOf("true", "false", "null", "time:now", "time:now-7d[w]", "time:now_epoch_millis+1mo"),
        Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Const('ß')), 0, 8]
            .Select(v => $"\"{v.Replace("\\", "\\\\").Replace("\"", "\\\"")}\""));

    private static readonly Gen<string> _leaf = Gen.OneOf(
        Gen.Select(Gen.OneOf("eq", "ne", "gt", "ge", "lt", "le", "like", "ilike"), _property, _value, (o, p, v) => $"{o}({p},{v})"),
        Gen.Select(_property, _value.Array[1, 4], (p, v) => $"in({p},{string.Join(',', v)})"),
        Gen.Select(Gen.OneOf("exists", "empty"), _property, (o, p) => $"{o}({p})"));

    public static Gen<string> Any { get; } = Nested(4);

    private static Gen<string> Nested(int depth) => depth == 0
        ? _leaf
        : Gen.Frequency(
            (2, _leaf),
            (1, Nested(depth - 1).Select(e => $"not({e})")),
            (2, Gen.Select(Gen.OneOf("and", "or"), Nested(depth - 1).Array[1, 3], (o, e) => $"{o}({string.Join(',', e)})")));
}
