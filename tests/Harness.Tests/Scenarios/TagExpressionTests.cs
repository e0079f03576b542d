using Leda.Harness.Scenarios.Features;

namespace Leda.Harness.Harness.Tests.Scenarios;

public sealed class TagExpressionTests
{
    [Theory]
    [InlineData("@a", "a", true)]
    [InlineData("@a", "A", false)]
    [InlineData("@a", "", false)]
    [InlineData("not @a", "", true)]
    [InlineData("not not @a", "a", true)]
    [InlineData("@a and not (@b or @c)", "a", true)]
    [InlineData("@a and not (@b or @c)", "a c", false)]
    [InlineData("@a or @b and @c", "a", true)]
    [InlineData("(@a or @b) and @c", "a", false)]
    [InlineData("@a and @b or @c", "c", true)]
    [InlineData("not @a and @b", "b", true)]
    [InlineData("not @a and @b", "", false)]
    [InlineData("(@a)or(@b)", "b", true)]
    [InlineData("@or", "or", true)]
    public void Matches_Tags_AsWritten(string expression, string tags, bool expected)
        => Assert.Equal(expected, TagExpression.Parse(expression).Matches(tags.Split(' ')));

    [Theory]
    [InlineData("", "column 1: expected a tag such as @smoke, found the end")]
    [InlineData("smoke", "column 1: expected a tag such as @smoke, found 'smoke'")]
    [InlineData("@a @b", "column 4: expected 'and', 'or' or the end, found '@b'")]
    [InlineData("(@a or @b", "column 10: expected ')', found the end")]
    [InlineData("@a and", "column 7: expected a tag")]
    [InlineData("@a or @", "column 7: expected a tag")]
    [InlineData("@a)", "column 3: expected 'and', 'or' or the end, found ')'")]
    public void Parse_Nonsense_SaysWhere(string expression, string expected)
        => Assert.Contains(expected, Assert.Throws<FormatException>(() => TagExpression.Parse(expression)).Message);
}
