using CsCheck;
using Leda.Harness.Simulator.Search;

namespace Leda.Harness.Simulator.Tests.Search;

public sealed class SearchOptionsTests
{
    [Theory]
    [InlineData(null, 25, "+thingId")]
    [InlineData("", 25, "+thingId")]
    [InlineData("size(1)", 1, "+thingId")]
    [InlineData("size(200)", 200, "+thingId")]
    [InlineData("limit(0,200)", 200, "+thingId")]
    [InlineData("sort(-thingId)", 25, "-thingId")]
    [InlineData("sort(+attributes/a,-thingId)", 25, "+attributes/a,-thingId")]
    [InlineData("sort( attributes/a,-_modified)", 25, "+attributes/a,-_modified,+thingId")]
    [InlineData("sort(+/attributes/a, -features/f/properties/p) , size( 7 )", 7, "+attributes/a,-features/f/properties/p,+thingId")]
    [InlineData("""sort(+attributes/a\,b)""", 25, """+attributes/a\,b,+thingId""")]
    public void TryParse_Good_GivesSizeAndOrder(string? text, int size, string sort)
    {
        Assert.True(SearchOptions.TryParse(text, out var options, out _));
        Assert.Equal((size, sort), (options.PageSize, string.Join(',', options.Keys)));
    }

    [Theory]
    [InlineData("size(201)")]
    [InlineData("limit(0,201)")]
    [InlineData("size(0)")]
    [InlineData("size(-1)")]
    [InlineData("size(x)")]
    [InlineData("size()")]
    [InlineData("size(1")]
    [InlineData("size(99999999999999999999)")]
    [InlineData("limit(-1,5)")]
    [InlineData("limit(0,-5)")]
    [InlineData("limit(5)")]
    [InlineData("limit(0,1,2)")]
    [InlineData("limit(100000000000000000000,10)")]
    [InlineData("size(1),size(2)")]
    [InlineData("limit(0,1),limit(0,1)")]
    [InlineData("sort(+thingId),sort(-thingId)")]
    [InlineData("cursor(a),cursor(b)")]
    [InlineData("size(1),limit(0,1)")]
    [InlineData("cursor(a),limit(0,1)")]
    [InlineData("sort()")]
    [InlineData("sort(thingId)")]
    [InlineData("sort(-thingId,policyId)")]
    [InlineData("sort(+thingId,-thingId)")]
    [InlineData("sort(+foo)")]
    [InlineData("sort(+features/*/properties/p)")]
    [InlineData("sort(+thingId")]
    [InlineData("cursor()")]
    [InlineData("cursor(abc")]
    [InlineData("order(+thingId)")]
    [InlineData("size(1),")]
    [InlineData("size(1)size(2)")]
    [InlineData(",")]
    public void J05_TryParse_Broken_IsRefused(string text)
    {
        Assert.False(SearchOptions.TryParse(text, out _, out var error));
        Assert.Equal((400, "thing-search:search.option.invalid"), (error.Status, error.Error));
        Assert.NotEmpty(error.Description!);
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.String[Gen.OneOf("size()cursort+-,limt0129 \\\"/*\ud83d".ToCharArray()), 0, 30].Sample(
            text =>
            {
                foreach (var option in new[] { text, $"sort(+{text})", $"cursor({text})", $"size({text})" })
                {
                    if (!SearchQuery.TryParse([], null, option, out _, out var error))
                        _ = error.ToJson();
                }
            },
            iter: 10_000);
}
