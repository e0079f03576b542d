using System.Buffers.Text;
using System.Text;
using CsCheck;
using Leda.Harness.Simulator.Search;
using Leda.Harness.Simulator.Tests.Rql;
using Leda.Harness.Simulator.Twins;

namespace Leda.Harness.Simulator.Tests.Search;

public sealed class ThingSearchTests
{
    [Fact]
    public void J01_Page_Filter_GivesWhatMatches()
    {
        var things = Things("""{"attributes":{"a":1}}""", """{"attributes":{"a":2}}""", "{}");

        Assert.Equal(["t:1"], Ids(Page(things, Query("gt(attributes/a,1)"))));
        Assert.Empty(Page(things, Query("gt(attributes/a,2)")).Items);
        Assert.Null(Page(things, Query("gt(attributes/a,2)")).Cursor);
        Assert.Equal(3, Page(things, Query()).Items.Count);
    }

    [Fact]
    public void J02_Page_MoreThanTwentyFive_GivesTwentyFiveAndACursor()
    {
        Assert.Equal(25, Page(Many(26), Query()).Items.Count);
        Assert.NotNull(Page(Many(26), Query()).Cursor);
        Assert.Equal(25, Page(Many(25), Query()).Items.Count);
        Assert.Null(Page(Many(25), Query()).Cursor);
    }

    [Theory]
    [InlineData("size(7)")]
    [InlineData("size(7),sort(-thingId)")]
    [InlineData("size(10),sort(+attributes/group)")]
    [InlineData("size(1),sort(-attributes/group,+attributes/mixed,-thingId)")]
    [InlineData("size(3),sort(+_revision,-attributes/mixed)")]
    public void J03_Page_CursorsFollowed_GiveEveryThingOnceInOrder(string option)
    {
        var things = Many(43);
        var whole = Ids(Page(things, Query(null, option.Replace(option[..option.IndexOf(')')], "size(200"))));
        var found = new List<string>();

        for (var cursor = ""; cursor is not null && found.Count <= things.Count;)
        {
            var page = Page(things, Query(null, cursor.Length == 0 ? option : $"{option[..(option.IndexOf(')') + 1)]},cursor({cursor})"));
            found.AddRange(Ids(page));
            cursor = page.Cursor;
        }

        Assert.Equal(43, whole.Length);
        Assert.Equal(whole, found);
    }

    [Fact]
    public void J03_Page_ThingsComeAndGoBetweenPages_LosesAndRepeatsNone()
    {
        var things = Many(30);
        var first = Page(things, Query(null, "size(10),sort(-thingId)"));
        things.RemoveAll(t => t.Id == first.Items[^1].Id);
        things.Add(Subjects.Thing("{}", "t:zzz"));

        var second = Page(things, Query(null, $"size(200),cursor({first.Cursor})"));

        Assert.Equal(20, second.Items.Count);
        Assert.Empty(Ids(first).Intersect(Ids(second)));
    }

    [Fact]
    public void J04_Page_Limit_TellsTheNextOffset()
    {
        var first = Page(Many(12), Query(null, "limit(0,5)"));
        var second = Page(Many(12), Query(null, "limit(5,5)"));
        var third = Page(Many(12), Query(null, "limit(10,5)"));

        Assert.Equal((5, 10, null), (first.NextPageOffset, second.NextPageOffset, third.NextPageOffset));
        Assert.Null(first.Cursor);
        Assert.Equal(Ids(Page(Many(12), Query(null, "size(200)"))), Ids(first).Concat(Ids(second)).Concat(Ids(third)));
        Assert.Empty(Page(Many(12), Query(null, "limit(9223372036854775807,200)")).Items);
        Assert.Empty(Page(Many(12), Query(null, "limit(0,0)")).Items);
    }

    [Fact]
    public void J06_TryParse_CursorOfAnotherSearch_IsRefused()
    {
        var filtered = Page(Many(9), Query("exists(thingId)", "size(2),sort(-attributes/group)", "t")).Cursor;

        AssertRefused(["exists(policyId)"], null, $"cursor({filtered})");
        AssertRefused([], null, $"sort(+attributes/group),cursor({filtered})");
        AssertRefused([], "t,u", $"cursor({filtered})");
        AssertRefused([], null, $"limit(0,5),cursor({filtered})");
        Assert.Equal(2, Page(Many(9), Query("exists( thingId )", $"size(2),sort(-attributes/group),cursor({filtered})", "t")).Items.Count);
        Assert.Equal(2, Page(Many(9), Query(null, $"size(2),cursor({filtered})")).Items.Count);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("====")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[null,null,\"+thingId\",[]]")]
    [InlineData("[null,null,\"+foo\",[1]]")]
    [InlineData("[null,3,\"+thingId\",[1]]")]
    [InlineData("[\"broken(\",null,\"+thingId\",[1]]")]
    [InlineData("[null,null,\"\",[]]")]
    public void J06_TryParse_ForgedCursor_IsRefused(string content)
    {
        AssertRefused([], null, $"cursor({Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content))})");
        AssertRefused([], null, $"cursor({content})");
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("a", 2)]
    [InlineData("a,b", 3)]
    [InlineData("", 0)]
    [InlineData("nope", 0)]
    public void J07_Page_Namespaces_AreTheOnlyOnes(string? namespaces, int found)
    {
        Thing[] things = [Subjects.Thing("{}", "a:1"), Subjects.Thing("{}", "a:2"), Subjects.Thing("{}", "b:1")];

        Assert.Equal(found, Page(things, Query(null, null, namespaces)).Items.Count);
        Assert.Equal(found, ThingSearch.Count(things, Query(null, null, namespaces), SearchSight.Everything, Subjects.Now));
    }

    [Theory]
    [InlineData("eq(attributes/secret,1)", 0)]
    [InlineData("not(exists(attributes/secret))", 0)]
    [InlineData("or(exists(thingId),eq(attributes/secret,1))", 0)]
    [InlineData("eq(attributes/open,1)", 1)]
    [InlineData("eq(features/hidden/properties/p,1)", 0)]
    [InlineData("eq(features/*/properties/p,1)", 0)]
    [InlineData("eq(features/*/properties/p,2)", 1)]
    public void J08_Page_FilterOnWhatMayNotBeRead_FindsNothing(string filter, int found)
    {
        var things = Things(
            """{"attributes":{"secret":1,"open":1},"features":{"hidden":{"properties":{"p":1}},"shown":{"properties":{"p":2}}}}""");
        var sight = new SearchSight(_ => true, (_, place) => place.Segments is not (["attributes", "secret"] or ["features", "hidden", ..]));

        Assert.Equal(found, ThingSearch.Count(things, Query(filter), sight, Subjects.Now));
        Assert.Equal(found, ThingSearch.Page(things, Query(filter), sight, Subjects.Now).Items.Count);
    }

    [Fact]
    public void J08_Page_SortByWhatMayNotBeRead_GivesNoOrderAway()
    {
        var things = Things("""{"attributes":{"secret":2}}""", """{"attributes":{"secret":1}}""");
        var sight = new SearchSight(_ => true, (_, place) => place.Segments is not ["attributes", "secret"]);

        Assert.Equal(["t:0", "t:1"], Ids(ThingSearch.Page(things, Query(null, "sort(+attributes/secret)"), sight, Subjects.Now)));
        Assert.Equal(["t:1", "t:0"], Ids(Page(things, Query(null, "sort(+attributes/secret)"))));
    }

    [Fact]
    public void J09_Page_ThingThatNobodyMaySee_IsGone()
    {
        var sight = SearchSight.Everything with { MaySee = thing => thing.Id.Name != "1" };

        Assert.Equal(["t:0", "t:2"], Ids(ThingSearch.Page(Many(3), Query(), sight, Subjects.Now)));
        Assert.Equal(2, ThingSearch.Count(Many(3), Query(), sight, Subjects.Now));
    }

    [Fact]
    public void J12_Page_Wildcard_MatchesAnyFeature()
    {
        var things = Things("""{"features":{"f":{"definition":["ns:n:v"],"properties":{"p":1}}}}""", """{"features":{"g":{}}}""");

        Assert.Equal(["t:0"], Ids(Page(things, Query("exists(features/*/properties/p)"))));
        Assert.Equal(["t:0"], Ids(Page(things, Query("eq(features/*/definition,\"ns:n:v\")"))));
    }

    [Theory]
    [InlineData("+attributes/a,-thingId", "t:1,t:0,t:3,t:2,t:5,t:4,t:6,t:7,t:8,t:9")]
    [InlineData("-attributes/a", "t:9,t:8,t:7,t:6,t:4,t:5,t:2,t:3,t:0,t:1")]
    public void J13_Page_SortOfAllTypes_GoesByTypeThenValue(string sort, string expected)
    {
        var things = Things(
            "{}", """{"attributes":{"a":null}}""", """{"attributes":{"a":2}}""", """{"attributes":{"a":-1.5}}""", """{"attributes":{"a":"b"}}""",
            """{"attributes":{"a":"B"}}""", """{"attributes":{"a":{}}}""", """{"attributes":{"a":[]}}""", """{"attributes":{"a":false}}""",
            """{"attributes":{"a":true}}""");

        Assert.Equal(expected, string.Join(',', Ids(Page(things, Query(null, $"sort({sort})")))));
    }

    [Fact]
    public void J14_Count_Options_ChangeNothing() =>
        Assert.Equal(99, ThingSearch.Count(Many(99), Query(null, "size(3)"), SearchSight.Everything, Subjects.Now));

    [Fact]
    public void J15_TryParse_BrokenFilter_IsRefused()
    {
        Assert.False(SearchQuery.TryParse(["eq(attributes/a"], null, null, out _, out var error));
        Assert.Equal("rql.expression.invalid", error.Error);
    }

    [Fact]
    public void K06_After_Thing_GoesOnBehindIt()
    {
        var things = Many(5);

        Assert.Equal(["t:3", "t:4"], Ids(Page(things, Query().After(things[2], SearchSight.Everything))));
        Assert.Equal(["t:1", "t:0"], Ids(Page(things, Query(null, "sort(-thingId)").After(things[2], SearchSight.Everything))));
        Assert.Equal(["t:3", "t:4"], Ids(Page([.. things.Where(t => t != things[2])], Query().After(things[2], SearchSight.Everything))));
    }

    /// <summary>Pages of any size, in any order, are the whole cut into pieces.</summary>
    [Fact]
    public void Page_AnyOrderAndSize_IsTheWholeCutIntoPieces() =>
        Gen.Select(Gen.Int[1, 9], Gen.Bool, Gen.Bool, Gen.OneOf("1", "2", "\"x\"", "null", "true", "[1]", "{}", "1.5", "1e400").Array[0, 20]).Sample(
            (size, first, second, values) =>
            {
                var things = values.Select((v, i) => Subjects.Thing($$$"""{"attributes":{"a":{{{v}}},"g":{{{i % 3}}}}}""", $"t:{i}")).ToList();
                var sort = $"sort({(first ? '-' : '+')}attributes/a,{(second ? '-' : '+')}attributes/g)";
                var whole = Ids(Page(things, Query(null, $"size(200),{sort}")));
                var page = Page(things, Query(null, $"size({size}),{sort}"));
                var pieces = Ids(page).ToList();
                while (page.Cursor is { } cursor && pieces.Count <= things.Count)
                {
                    page = Page(things, Query(null, $"size({size}),cursor({cursor})"));
                    pieces.AddRange(Ids(page));
                }

                return whole.Length == things.Count && whole.SequenceEqual(pieces);
            },
            iter: 1_000);

    private static List<Thing> Many(int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var mixed = i % 3 == 0 ? $"\"{i % 5}\"" : $"{i % 5}";
        return Subjects.Thing($$$"""{"attributes":{"group":{{{i % 4}}},"mixed":{{{mixed}}}}}""", $"t:{i}");
    })];

    private static Thing[] Things(params string[] jsons) => [.. jsons.Select((json, i) => Subjects.Thing(json, $"t:{i}"))];

    private static string[] Ids(SearchPage page) => [.. page.Items.Select(t => t.Id.ToString())];

    private static SearchPage Page(IReadOnlyCollection<Thing> things, SearchQuery query) =>
        ThingSearch.Page(things, query, SearchSight.Everything, Subjects.Now);

    private static SearchQuery Query(string? filter = null, string? option = null, string? namespaces = null) =>
        SearchQuery.TryParse(filter is null ? [] : [filter], namespaces, option, out var query, out var error)
            ? query
            : throw new FormatException(error.Description);

    private static void AssertRefused(string[] filters, string? namespaces, string option)
    {
        Assert.False(SearchQuery.TryParse(filters, namespaces, option, out _, out var error));
        Assert.Equal((400, "thing-search:search.option.invalid"), (error.Status, error.Error));
    }
}
