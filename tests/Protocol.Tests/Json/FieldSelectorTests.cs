using CsCheck;
using Leda.Harness.Protocol.Json;

namespace Leda.Harness.Protocol.Tests.Json;

public sealed class FieldSelectorTests
{
    private const string Thing =
        """
        {"thingId":"ns:t","policyId":"ns:p","attributes":{"a":1,"b":{"c":2,"d":3},"n":null,"e":{}},
        "features":{"f1":{"definition":["a:b:1"],"properties":{"x":1,"y":2}},"f2":{"properties":{"y":null}},"f3":{"properties":{"x":{"z":4}}}}}
        """;

    [Theory]
    [InlineData("thingId", """{"thingId":"ns:t"}""")]
    [InlineData("/thingId,/policyId", """{"thingId":"ns:t","policyId":"ns:p"}""")]
    [InlineData("attributes/a", """{"attributes":{"a":1}}""")]
    [InlineData("attributes(a,b/c)", """{"attributes":{"a":1,"b":{"c":2}}}""")]
    [InlineData("attributes( a , b(d) ), thingId", """{"thingId":"ns:t","attributes":{"a":1,"b":{"d":3}}}""")]
    [InlineData("attributes/b,attributes/b/c", """{"attributes":{"b":{"c":2,"d":3}}}""")]
    [InlineData("attributes/n,attributes/e", """{"attributes":{"n":null,"e":{}}}""")]
    [InlineData("attributes/n/x", "{}")]
    [InlineData("attributes/a/b", "{}")]
    [InlineData("attributes/*", "{}")]
    [InlineData("*", "{}")]
    [InlineData("definition,_policy,features/nope", "{}")]
    [InlineData("features/*/properties/y", """{"features":{"f1":{"properties":{"y":2}},"f2":{"properties":{"y":null}}}}""")]
    [InlineData("features/*/properties/x/z", """{"features":{"f3":{"properties":{"x":{"z":4}}}}}""")]
    [InlineData("features(*(properties(y)),f1/definition)",
        """{"features":{"f1":{"definition":["a:b:1"],"properties":{"y":2}},"f2":{"properties":{"y":null}}}}""")]
    public void A14_Select_Thing_GivesExactlyThoseParts(string selector, string expected) =>
        Assert.Equal(expected, Parse(selector).Select(JsonText.Parse(Thing)).GetRawText());

    [Theory]
    [InlineData("*/properties/x", """{"f1":{"properties":{"x":1}},"f3":{"properties":{"x":{"z":4}}}}""")]
    [InlineData("f1/definition,*/properties/y", """{"f1":{"definition":["a:b:1"],"properties":{"y":2}},"f2":{"properties":{"y":null}}}""")]
    [InlineData("*/nope", "{}")]
    public void A15_Select_OnFeatures_TakesTheWildcardFirst(string selector, string expected)
    {
        var features = JsonText.Parse(Thing).GetProperty("features");

        Assert.Equal(expected, Parse(selector, "/features").Select(features).GetRawText());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[1]")]
    public void Select_NoObject_ComesBackAsItIs(string value) =>
        Assert.Equal(value, Parse("a").Select(JsonText.Parse(value)).GetRawText());

    [Theory]
    [InlineData("a~1b", """{"a/b":1,"a":2}""", """{"a/b":1}""")]
    [InlineData("a~0b", """{"a~b":1,"a":2}""", """{"a~b":1}""")]
    [InlineData("ä b,!\"#", """{"ä b":1,"!\"#":2,"c":3}""", """{"ä b":1,"!\"#":2}""")]
    public void Select_StrangeKeys_AreFound(string selector, string value, string expected) =>
        Assert.Equal(expected, Parse(selector).Select(JsonText.Parse(value)).GetRawText());

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData(",a")]
    [InlineData("a,,b")]
    [InlineData("a(")]
    [InlineData("a()")]
    [InlineData("a)")]
    [InlineData("a(b")]
    [InlineData("a(b))")]
    [InlineData("a(b)c")]
    [InlineData("a(b)😀")]
    [InlineData("(a)")]
    [InlineData("a//b")]
    [InlineData("//a")]
    [InlineData("/")]
    public void TryParse_Broken_IsRefusedAndToldWhere(string selector)
    {
        Assert.False(FieldSelector.TryParse(selector, out _, out var error));
        Assert.Equal((400, "json.fieldselector.invalid"), (error.Status, error.Error));
        Assert.Contains("position", error.Description);
        Assert.NotEmpty(error.ToJson().GetRawText());
    }

    [Fact]
    public void TryParse_NestedWithoutEnd_IsRefusedBeforeTheStackEnds()
    {
        Assert.False(FieldSelector.TryParse(string.Concat(Enumerable.Repeat("a(", 100_000)), out _, out var error));
        Assert.Contains("64", error.Description);
    }

    [Fact]
    public void Pointers_Groups_AreResolved() =>
        Assert.Equal(
            ["/thingId", "/attributes/a", "/attributes/b/c", "/features/*/properties/x"],
            Parse("thingId,attributes(a,b/c),features/*/properties/x,/attributes/a").Pointers.Select(p => p.ToString()));

    [Theory]
    [InlineData("features/f/properties/x", "/features/f/properties/x", true, true)]
    [InlineData("features/f/properties/x", "/features/f/properties/x/deep", true, true)]
    [InlineData("features/f/properties/x", "/features/f", true, false)]
    [InlineData("features/f/properties/x", "/", true, false)]
    [InlineData("features/f/properties/x", "/features/f/properties/y", false, false)]
    [InlineData("features/f/properties/x", "/features/g", false, false)]
    [InlineData("features/f/properties/x", "/attributes", false, false)]
    [InlineData("features/*/properties/x", "/features/g/properties/x", true, true)]
    [InlineData("features/*/properties/x,features/g/definition", "/features/g/properties/x", true, true)]
    [InlineData("features/*/properties/x,features/g/definition", "/features/h/definition", false, false)]
    [InlineData("_revision", "/_revision", true, true)]
    public void K02_TouchesAndCovers_Place_TellWhetherAChangeConcerns(string selector, string place, bool touches, bool covers)
    {
        var pointer = JsonPointer.Parse(place);

        Assert.Equal((touches, covers), (Parse(selector).Touches(pointer), Parse(selector).Covers(pointer)));
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.String[Gen.OneOf('a', 'b', '*', '/', ',', '(', ')', ' ', '~', '\ud83d', '\ude00', 'ä', '\0'), 0, 20].Sample(
            text =>
            {
                if (FieldSelector.TryParse(text, out var selector, out var error))
                    _ = selector.Select(JsonText.Parse(Thing)).GetRawText();
                else
                    _ = error.ToJson();
            },
            iter: 20_000);

    /// <summary>What is selected is there when looked up by pointer, and nothing else is.</summary>
    [Fact]
    public void Select_AnyPointers_GivesWhatThePointersGive() =>
        Gen.OneOf("thingId", "attributes/a", "attributes/b", "attributes/b/c", "attributes/n", "features/f1/properties/x", "features/f3", "x/y")
            .Array[1, 4].Sample(
                fields =>
                {
                    var thing = JsonText.Parse(Thing);
                    var expected = JsonText.Parse("{}");
                    foreach (var pointer in fields.Order(StringComparer.Ordinal).Reverse().Select(f => JsonPointer.Parse($"/{f}")))
                        expected = pointer.TryGet(thing, out var value) ? pointer.Set(expected, value) : expected;
                    return System.Text.Json.JsonElement.DeepEquals(expected, Parse(string.Join(',', fields)).Select(thing));
                },
                iter: 2_000);

    private static FieldSelector Parse(string text, string on = "/") =>
        FieldSelector.TryParse(text, out var selector, out var error, JsonPointer.Parse(on)) ? selector : throw new FormatException(error.Description);
}
