using CsCheck;
using Leda.Harness.Simulator.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Rql;

public sealed class RqlParserTests
{
    [Theory]
    [InlineData("eq(attributes/a,1)", null)]
    [InlineData("  eq( attributes/a , 1 )  ", "eq(attributes/a,1)")]
    [InlineData("and( eq(thingId,'x') ,\n\tnot( exists(/features/f) ) )", "and(eq(thingId,\"x\"),not(exists(features/f)))")]
    [InlineData("and(eq(thingId,\"x\"))", null)]
    [InlineData("or(exists(policyId),empty(definition))", null)]
    [InlineData("in(attributes/a,1,-2,3.50,\"x\",true,false,null,time:now-5m[h])", null)]
    [InlineData("eq(attributes/a,-0.5)", null)]
    [InlineData("eq(attributes/a,\"\")", null)]
    [InlineData("""eq(attributes/a,"q\" b\\ \u0001 ü😀\ud83d")""", null)]
    [InlineData("""eq(attributes/a,'it\'s \/ \n \u00e4 "x"')""", """eq(attributes/a,"it's / \u000a ä \"x\"")""")]
    [InlineData("""eq(attributes/a\,b\ \(c\)\"\\,1)""", null)]
    [InlineData("eq(attributes/o'clock,1)", null)]
    [InlineData("eq(attributes/a,time:now_epoch_millis+7d)", null)]
    [InlineData("exists(features/*/desiredProperties)", null)]
    [InlineData("eq(_metadata/attributes/a/issuedBy,\"x\")", null)]
    public void TryParse_Good_KeepsItsMeaningInItsShortestForm(string text, string? shortest)
    {
        Assert.True(RqlExpression.TryParse(text, out var expression, out _));
        Assert.Equal(shortest ?? text, expression.ToString());
    }

    [Theory]
    [InlineData("", "'EOI'", "column 1")]
    [InlineData("   ", "'EOI'", "column 4")]
    [InlineData("eq", "'EOI'", "column 3")]
    [InlineData("le(attributes/foo,42", "'EOI'", "column 21")]
    [InlineData("eq(attributes/a,1)x", "'x'", "column 19")]
    [InlineData("eq(attributes/a,1),eq(attributes/b,2)", "','", "column 19")]
    [InlineData("EQ(attributes/a,1)", "'E'", "column 1")]
    [InlineData("foo(attributes/a,1)", "'f'", "column 1")]
    [InlineData("eqq(attributes/a,1)", "'e'", "column 1")]
    [InlineData("eq (attributes/a,1)", "' '", "column 3")]
    [InlineData("eq(attributes/a)", "')'", "column 16")]
    [InlineData("eq(attributes/a,)", "')'", "column 17")]
    [InlineData("eq(attributes/a,1,2)", "','", "column 18")]
    [InlineData("eq(,1)", "','", "column 4")]
    [InlineData("eq(attributes/a,b)", "'b'", "column 17")]
    [InlineData("eq(attributes/a,truex)", "'t'", "column 17")]
    [InlineData("eq(attributes/a,True)", "'T'", "column 17")]
    [InlineData("eq(attributes/a,1.)", "')'", "column 19")]
    [InlineData("eq(attributes/a,.5)", "'.'", "column 17")]
    [InlineData("eq(attributes/a,1e5)", "'e'", "column 18")]
    [InlineData("eq(attributes/a,007)", "'0'", "column 18")]
    [InlineData("eq(attributes/a,-)", "')'", "column 18")]
    [InlineData("eq(attributes/a,\"x)", "'EOI'", "column 20")]
    [InlineData("eq(attributes/a,\"x')", "'EOI'", "column 21")]
    [InlineData("""eq(attributes/a,"\x")""", "'x'", "column 19")]
    [InlineData("""eq(attributes/a,"\u00g0")""", "'u'", "column 19")]
    [InlineData("""eq(attributes/a,"\""", "'EOI'", "column 19")]
    [InlineData("eq(attributes/a\"b\",1)", "'\"'", "column 16")]
    [InlineData("""eq(attributes/\a,1)""", "'a'", "column 16")]
    [InlineData("eq(attributes/a b,1)", "'b'", "column 17")]
    [InlineData("eq(attributes/a,time:later)", "'t'", "column 17")]
    [InlineData("eq(attributes/a,time:now-5x)", "'t'", "column 17")]
    [InlineData("eq(attributes/a,header:x)", "'h'", "column 17")]
    [InlineData("not(exists(attributes/a),exists(attributes/b))", "','", "column 25")]
    [InlineData("and()", "')'", "column 5")]
    [InlineData("in(attributes/a)", "')'", "column 16")]
    [InlineData("exists(attributes/a,1)", "','", "column 20")]
    [InlineData("sort(+thingId)", "'s'", "column 1")]
    [InlineData("and(exists(thingId),\nx)", "'x'", "line 2, column 1")]
    [InlineData("eq(attributes/a,😀)", "'😀'", "column 17")]
    // unknown properties
    [InlineData("exists(foo)", "Unknown property name 'foo'", "column 8")]
    [InlineData("exists(attributes)", "Unknown property name", "column 8")]
    [InlineData("exists(features)", "Unknown property name", "column 8")]
    [InlineData("exists(features/f/foo)", "Unknown property name", "column 8")]
    [InlineData("exists(features/f/definition/0)", "Unknown property name", "column 8")]
    [InlineData("exists(thingId/x)", "Unknown property name", "column 8")]
    [InlineData("exists(topic:action)", "Unknown property name", "column 8")]
    [InlineData("exists(resource:path)", "Unknown property name", "column 8")]
    [InlineData("exists(time:now)", "Unknown property name", "column 8")]
    [InlineData("exists(attributes//x)", "Consecutive slashes in JSON pointers are not supported", "column 8")]
    [InlineData("exists(//attributes/x)", "Consecutive slashes", "column 8")]
    [InlineData("exists(attributes/x/)", "Consecutive slashes", "column 8")]
    public void H02_J15_TryParse_Broken_IsRefusedAndToldWhere(string text, string found, string where)
    {
        Assert.False(RqlExpression.TryParse(text, out _, out var error));
        Assert.Equal((400, "rql.expression.invalid"), (error.Status, error.Error));
        Assert.Contains("Invalid input '", error.Description);
        Assert.Contains(found, error.Description);
        Assert.Contains(where, error.Description);
    }

    [Theory]
    [InlineData("topic:foo")]
    [InlineData("resource:id")]
    [InlineData("header:x")]
    [InlineData("thing:id")]
    public void TryParseSignalFilter_UnknownPlaceholder_IsRefused(string property) =>
        Assert.False(RqlExpression.TryParseSignalFilter($"exists({property})", out _, out _));

    [Fact]
    public void TryParse_NestedWithoutEnd_IsRefusedBeforeTheStackEnds()
    {
        Assert.False(RqlExpression.TryParse(string.Concat(Enumerable.Repeat("not(", 100_000)), out _, out var error));
        Assert.Contains("100 deep", error.Description);
        Assert.False(RqlExpression.TryParse(
            string.Concat(Enumerable.Repeat("and(", 100_000)) + "exists(thingId)" + new string(')', 100_000), out _, out _));
    }

    [Fact]
    public void TryParse_DeepestThatIsAllowed_IsReadAndEvaluated()
    {
        var text = string.Concat(Enumerable.Repeat("not(", 99)) + "exists(thingId)" + new string(')', 99);

        Assert.False(Subjects.InMemory(text, "{}"));
    }

    [Theory]
    [InlineData("eq(thingId,1)", "eq(thingId,1)")]
    [InlineData("eq(thingId,1), exists(policyId)", "and(eq(thingId,1),exists(policyId))")]
    [InlineData("eq(thingId,1);exists(policyId),gt(_revision,2)", "and(eq(thingId,1),exists(policyId),gt(_revision,2))")]
    public void TryParseSearchFilters_Several_AllHaveToHold(string texts, string expected)
    {
        Assert.True(RqlExpression.TryParseSearchFilters(texts.Split(';'), out var expression, out _));
        Assert.Equal(expected, expression.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("eq(thingId,1),")]
    [InlineData("eq(thingId,1);broken")]
    public void TryParseSearchFilters_Broken_AreRefused(string texts)
    {
        Assert.False(RqlExpression.TryParseSearchFilters(texts.Split(';'), out _, out var error));
        Assert.Equal("rql.expression.invalid", error.Error);
    }

    /// <summary>Reading and writing are the inverse of each other.</summary>
    [Fact]
    public void TryParse_AnyExpressionInItsShortestForm_GivesThatText() =>
        Expressions.Any.Sample(text => RqlExpression.TryParse(text, out var expression, out _) && expression.ToString() == text, iter: 20_000);

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.OneOf(
            Gen.String[0, 40],
            Expressions.Any.SelectMany(text => Gen.Select(Gen.Int[0, text.Length], Gen.Char, (at, c) => text[..at] + c + text[Math.Min(at + 1, text.Length)..])))
            .Sample(
                text =>
                {
                    if (!RqlExpression.TryParseSignalFilter(text, out var expression, out var error))
                    {
                        _ = error.ToJson();
                        return;
                    }

                    var thing = Subjects.Thing("""{"attributes":{"a":[1,{"b":"x"}]},"features":{"f":{"properties":{"p":null}}}}""");
                    _ = expression.Matches(new ThingSubject(thing) { Now = Subjects.Now }, RqlSemantics.InMemory);
                    _ = expression.Matches(new ThingSubject(thing) { Now = Subjects.Now }, RqlSemantics.Search);
                    _ = expression.Matches(
                        Subjects.Signal("a/b/things/twin/events/modified", "/attributes", """{"a":1}"""), RqlSemantics.InMemory);
                },
                iter: 50_000);
}
