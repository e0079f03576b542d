using Leda.Harness.Protocol.Json;
using Leda.Harness.Simulator.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Rql;

/// <summary>The rows of the table in <c>ditto.md</c> 6.3, in both columns.</summary>
public sealed class RqlEvaluationTests
{
    private const string Thing =
        """
        {"policyId":"acme.plant:default","definition":"acme:press:1.0","attributes":{
          "n":20.5,"i":20,"s":"text","S":"TEXT","num":"20","t":true,"f":false,"nil":null,"zero":0,
          "es":"","ea":[],"eo":{},"o":{"x":1},"tags":["red","green",[3,["deep"]]],"list":[{"x":1},{"x":2,"y":[7,8]}],
          "big":123456789012345678901234567890,"tiny":1e-40,"exp":1e3,"a,b (c)\"\\":1,"sl/ash":2,"ti~lde":3,"ä😀":4},
        "features":{
          "lamp":{"definition":["acme:lamp:1","acme:light:2"],"properties":{"on":true,"temp":23.42,"list":[1,2]},"desiredProperties":{"on":false}},
          "motor":{"properties":{"temp":80,"off":null,"empty":{}}},"bare":{},"none":null}}
        """;

    [Theory]
    // missing
    [InlineData("ne(attributes/x,1)", true, false)]
    [InlineData("ne(attributes/x,null)", true, false)]
    [InlineData("eq(attributes/x,1)", false, false)]
    [InlineData("gt(attributes/x,1)", false, false)]
    [InlineData("ge(attributes/x,1)", false, false)]
    [InlineData("lt(attributes/x,1)", false, false)]
    [InlineData("le(attributes/x,1)", false, false)]
    [InlineData("like(attributes/x,\"*\")", false, false)]
    [InlineData("ilike(attributes/x,\"*\")", false, false)]
    [InlineData("in(attributes/x,1,null)", false, false)]
    [InlineData("not(eq(attributes/x,1))", true, true)]
    // null
    [InlineData("eq(attributes/x,null)", false, false)]
    [InlineData("eq(attributes/nil,null)", true, true)]
    [InlineData("ne(attributes/nil,null)", false, false)]
    [InlineData("ne(attributes/n,null)", true, true)]
    [InlineData("ne(attributes/nil,1)", true, true)]
    [InlineData("eq(attributes/nil,\"null\")", false, false)]
    [InlineData("gt(attributes/nil,0)", false, false)]
    [InlineData("le(attributes/nil,null)", false, false)]
    [InlineData("in(attributes/nil,1,null)", true, true)]
    // exists
    [InlineData("exists(attributes/x)", false, false)]
    [InlineData("exists(attributes/nil)", true, true)]
    [InlineData("exists(attributes/o/x)", true, true)]
    [InlineData("exists(attributes/n/x)", false, false)]
    [InlineData("exists(features/lamp)", true, true)]
    [InlineData("exists(features/none)", true, true)]
    [InlineData("exists(features/none/properties)", false, false)]
    [InlineData("exists(features/nope)", false, false)]
    [InlineData("exists(features/bare/properties)", false, false)]
    [InlineData("exists(features/lamp/properties)", true, true)]
    // empty
    [InlineData("empty(attributes/x)", true, true)]
    [InlineData("empty(attributes/nil)", true, true)]
    [InlineData("empty(attributes/es)", true, true)]
    [InlineData("empty(attributes/ea)", true, true)]
    [InlineData("empty(attributes/eo)", true, true)]
    [InlineData("empty(attributes/zero)", false, false)]
    [InlineData("empty(attributes/f)", false, false)]
    [InlineData("empty(attributes/s)", false, false)]
    [InlineData("empty(attributes/o)", false, false)]
    [InlineData("empty(attributes/tags)", false, false)]
    [InlineData("empty(features/motor/properties/empty)", true, true)]
    // numbers
    [InlineData("eq(attributes/i,20)", true, true)]
    [InlineData("eq(attributes/i,20.0)", true, true)]
    [InlineData("eq(attributes/i,+20)", true, true)]
    [InlineData("gt(attributes/n,20)", true, true)]
    [InlineData("ge(attributes/n,20.5)", true, true)]
    [InlineData("lt(attributes/n,20.5)", false, false)]
    [InlineData("le(attributes/n,20.5)", true, true)]
    [InlineData("gt(attributes/n,-3)", true, true)]
    [InlineData("eq(attributes/exp,1000)", true, true)]
    [InlineData("gt(attributes/big,123456789012345678901234567889)", false, false)]
    [InlineData("gt(attributes/big,12345678901234567890)", true, true)]
    [InlineData("eq(attributes/tiny,0)", false, false)]
    // type mismatch
    [InlineData("gt(features/lamp/properties/temp,\"20\")", true, false)]
    [InlineData("gt(features/lamp/properties/temp,\"3e1\")", false, false)]
    [InlineData("eq(attributes/num,20)", true, false)]
    [InlineData("eq(attributes/num,20.0)", true, false)]
    [InlineData("eq(attributes/num,\"20.0\")", false, false)]
    [InlineData("ne(attributes/num,20)", false, true)]
    [InlineData("gt(attributes/s,5)", true, false)]
    [InlineData("eq(attributes/t,\"true\")", true, false)]
    [InlineData("eq(attributes/t,true)", true, true)]
    [InlineData("ne(attributes/t,false)", true, true)]
    [InlineData("gt(attributes/t,false)", true, true)]
    [InlineData("eq(attributes/t,1)", false, false)]
    // strings
    [InlineData("eq(attributes/s,\"text\")", true, true)]
    [InlineData("eq(attributes/s,'text')", true, true)]
    [InlineData("eq(attributes/s,\"TEXT\")", false, false)]
    [InlineData("gt(attributes/s,\"tex\")", true, true)]
    [InlineData("lt(attributes/S,\"text\")", true, true)]
    // arrays
    [InlineData("eq(attributes/tags,\"green\")", true, true)]
    [InlineData("eq(attributes/tags,\"deep\")", true, true)]
    [InlineData("eq(attributes/tags,\"blue\")", false, false)]
    [InlineData("ne(attributes/tags,\"green\")", false, false)]
    [InlineData("ne(attributes/tags,\"blue\")", true, true)]
    [InlineData("like(attributes/tags,\"re?\")", true, true)]
    [InlineData("gt(attributes/tags,2)", true, true)]
    [InlineData("eq(attributes/list/x,2)", true, true)]
    [InlineData("eq(attributes/list/y,8)", true, true)]
    [InlineData("exists(attributes/list/z)", false, false)]
    [InlineData("eq(attributes/ea,1)", false, false)]
    // objects
    [InlineData("eq(attributes/o,\"{\\\"x\\\":1}\")", false, false)]
    [InlineData("like(attributes/o,\"*\")", false, false)]
    [InlineData("gt(attributes/o,0)", false, false)]
    [InlineData("ne(attributes/o,1)", true, true)]
    // like
    [InlineData("like(attributes/s,\"t*t\")", true, true)]
    [InlineData("like(attributes/s,\"t?xt\")", true, true)]
    [InlineData("like(attributes/s,\"ex\")", false, false)]
    [InlineData("like(attributes/s,\"T*\")", false, false)]
    [InlineData("like(attributes/s,\"t.xt\")", false, false)]
    [InlineData("like(attributes/n,\"20*\")", true, false)]
    [InlineData("like(attributes/t,\"tr?e\")", true, false)]
    [InlineData("ilike(attributes/s,\"T*XT\")", true, true)]
    [InlineData("like(attributes/nil,\"*\")", false, false)]
    [InlineData("like(attributes/es,\"*\")", true, true)]
    // in
    [InlineData("in(attributes/i,1,20)", true, true)]
    [InlineData("in(attributes/i,1,\"20\")", true, false)]
    [InlineData("in(attributes/i,1,2)", false, false)]
    [InlineData("in(attributes/s,'a','text')", true, true)]
    // features
    [InlineData("eq(features/lamp/definition,\"acme:light:2\")", true, true)]
    [InlineData("eq(features/*/definition,\"acme:light:2\")", true, true)]
    [InlineData("eq(features/lamp/desiredProperties/on,false)", true, true)]
    [InlineData("exists(features/*)", true, true)]
    [InlineData("exists(features/*/properties/off)", true, true)]
    [InlineData("exists(features/*/properties/nope)", false, false)]
    [InlineData("gt(features/*/properties/temp,50)", true, true)]
    [InlineData("gt(features/*/properties/temp,100)", false, false)]
    [InlineData("ne(features/*/properties/temp,80)", false, false)]
    [InlineData("ne(features/*/properties/nope,80)", true, false)]
    [InlineData("eq(features/*/properties/list,2)", true, true)]
    [InlineData("empty(features/*/properties/empty)", true, true)]
    [InlineData("empty(features/*/properties/temp)", false, false)]
    // the thing itself
    [InlineData("eq(thingId,\"acme.plant:press-7\")", true, true)]
    [InlineData("like(thingId,\"acme.*:press-?\")", true, true)]
    [InlineData("eq(namespace,\"acme.plant\")", true, true)]
    [InlineData("eq(_namespace,\"acme.plant\")", true, true)]
    [InlineData("eq(policyId,\"acme.plant:default\")", true, true)]
    [InlineData("eq(definition,\"acme:press:1.0\")", true, true)]
    [InlineData("ge(_revision,42)", true, true)]
    [InlineData("gt(_revision,42)", false, false)]
    [InlineData("eq(_created,\"2026-03-02T09:15:26.502Z\")", true, true)]
    [InlineData("gt(_modified,\"2026-03-04T08:00:00Z\")", true, true)]
    [InlineData("exists(_metadata/attributes)", false, false)]
    [InlineData("eq(/attributes/i,20)", true, true)]
    // escapes in names
    [InlineData("""eq(attributes/a\,b\ \(c\)\"\\,1)""", true, true)]
    [InlineData("eq(attributes/sl~1ash,2)", true, true)]
    [InlineData("eq(attributes/ti~0lde,3)", true, true)]
    [InlineData("eq(attributes/ä😀,4)", true, true)]
    // logic
    [InlineData("and(eq(attributes/i,20),eq(attributes/s,'text'))", true, true)]
    [InlineData("and(eq(attributes/i,20),eq(attributes/s,'no'))", false, false)]
    [InlineData("or(eq(attributes/i,1),eq(attributes/s,'text'))", true, true)]
    [InlineData("or(eq(attributes/i,1),eq(attributes/s,'no'))", false, false)]
    [InlineData("not(or(eq(attributes/i,1)))", true, true)]
    public void J10_J12_Matches_Row_HoldsAsInMemoryAndInTheSearch(string expression, bool inMemory, bool search)
    {
        Assert.Equal(inMemory, Subjects.InMemory(expression, Thing));
        Assert.Equal(search, Subjects.Search(expression, Thing));
    }

    [Theory]
    [InlineData("gt(_modified,time:now-2h)", true)]
    [InlineData("gt(_modified,time:now-30m)", false)]
    [InlineData("lt(_created,time:now-1d[d])", true)]
    [InlineData("lt(attributes/at,time:now_epoch_millis)", true)]
    public void Matches_Time_IsTheGivenInstant(string expression, bool holds)
    {
        var thing = $$$"""{"attributes":{"at":{{{Subjects.Now.ToUnixTimeMilliseconds() - 1}}}}}""";
        Assert.Equal((holds, holds), (Subjects.InMemory(expression, thing), Subjects.Search(expression, thing)));
    }

    [Fact]
    public void Matches_Metadata_IsThatOfTheThing()
    {
        var metadata = JsonText.Parse("""{"attributes":{"i":{"unit":"bar"}}}""");
        var subject = new ThingSubject(Subjects.Thing(Thing) with { Metadata = metadata }) { Now = Subjects.Now };

        Assert.True(Subjects.Parse("eq(_metadata/attributes/i/unit,\"bar\")").Matches(subject, RqlSemantics.InMemory));
    }

    [Fact]
    public void D12_Properties_AreThosePartsThatAPolicyMayHide()
    {
        var expression = Subjects.Parse(
            "and(eq(thingId,'x'),gt(_revision,1),not(exists(attributes/a/b)),eq(features/*/properties/p,1),eq(policyId,'p'),exists(attributes/a/b))");

        Assert.Equal(["/attributes/a/b", "/features/*/properties/p", "/policyId"], expression.Properties.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "*", true)]
    [InlineData("", "?", false)]
    [InlineData("abc", "***c", true)]
    [InlineData("abc", "a**b*c*", true)]
    [InlineData("a😀c", "a?c", true)]
    [InlineData("a\nb", "a*b", true)]
    [InlineData("aab", "*ab", true)]
    [InlineData("a", "a?", false)]
    [InlineData("[a]", "[a]", true)]
    public void Like_Pattern_MatchesTheWholeText(string text, string pattern, bool matches) =>
        Assert.Equal(matches, LikePattern.IsMatch(text, pattern, ignoreCase: false));

    [Fact]
    public void Like_PatternMadeToBeSlow_IsNot()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 1_000)) + "b";

        Assert.False(LikePattern.IsMatch(new string('a', 10_000), pattern, ignoreCase: true));
    }
}
