using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Leda.Harness.Protocol.Ditto;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Simulator.Rql;

/// <summary>
/// A condition in RQL, <c>and(eq(attributes/line,4),gt(features/*/properties/temperature,20.5))</c> (<c>ditto.md</c> 6). Immutable; read once,
/// evaluated as often as wanted. What cannot be read is answered with 400 <c>rql.expression.invalid</c>, whose description has the position.
/// </summary>
public sealed class RqlExpression
{
    private readonly RqlNode _root;
    private readonly string _text;

    private RqlExpression(RqlNode root)
    {
        _root = root;
        var text = new StringBuilder();
        root.Write(text);
        _text = text.ToString();
        Used = [.. root.Properties().Where(p => p.CanBeHidden).Distinct()];
        Properties = [.. Used.Select(p => p.Pointer).Distinct()];
    }

    /// <summary>
    /// The parts of a thing that it reads and that a policy may hide: whoever evaluates it for somebody has to see that this somebody may read
    /// them, whatever the outcome (behaviours D12, J08). The segment <c>*</c> stands for every feature. Not in here are <c>thingId</c>, the
    /// namespace, <c>_revision</c>, <c>_created</c> and <c>_modified</c>, which are open to all who may read anything of the thing.
    /// </summary>
    public ImmutableArray<JsonPointer> Properties { get; }

    internal ImmutableArray<RqlProperty> Used { get; }

    /// <summary>Reads a condition on a thing: <c>condition</c>, <c>live-channel-condition</c>, <c>merge-thing-patch-conditions</c>.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out RqlExpression? expression, [NotNullWhen(false)] out DittoError? error) =>
        TryParse(text, false, out expression, out error);

    /// <summary>Reads the filter of a subscription to events, messages or live commands, where <c>topic:</c>, <c>resource:</c>, <c>entity:</c>
    /// and <c>time:</c> are properties, too.</summary>
    public static bool TryParseSignalFilter(
        string text, [NotNullWhen(true)] out RqlExpression? expression, [NotNullWhen(false)] out DittoError? error) =>
        TryParse(text, true, out expression, out error);

    /// <summary>Reads the filters of a search: all of them, and all expressions of a list in one of them, have to hold (<c>ditto.md</c> 4.4).</summary>
    /// <param name="texts">At least one filter.</param>
    /// <param name="expression">The result.</param>
    /// <param name="error">What is wrong and where.</param>
    public static bool TryParseSearchFilters(
        IEnumerable<string> texts, [NotNullWhen(true)] out RqlExpression? expression, [NotNullWhen(false)] out DittoError? error)
    {
        expression = null;
        error = null;
        var all = new List<RqlNode>();
        foreach (var text in texts)
        {
            var parser = new RqlParser(text, false);
            var nodes = parser.ParseList();
            if (nodes.IsDefault)
            {
                error = Invalid(parser.Problem!);
                return false;
            }

            all.AddRange(nodes);
        }

        expression = new RqlExpression(all is [var only] ? only : new RqlLogic(RqlLogic.And, [.. all]));
        return true;
    }

    /// <summary>Whether it holds.</summary>
    public bool Matches(RqlSubject subject, RqlSemantics semantics) => _root.Matches(subject, semantics);

    /// <summary>The expression in its shortest form; reading it gives the same expression.</summary>
    public override string ToString() => _text;

    private static bool TryParse(
        string text, bool signals, [NotNullWhen(true)] out RqlExpression? expression, [NotNullWhen(false)] out DittoError? error)
    {
        var parser = new RqlParser(text, signals);
        var root = parser.Parse();
        expression = root is null ? null : new RqlExpression(root);
        error = root is null ? Invalid(parser.Problem!) : null;
        return error is null;
    }

    private static DittoError Invalid(string problem) => new(400, "rql.expression.invalid", "The RQL expression is not valid.", problem);
}
