using System.Text;
using System.Text.Json;
using Leda.Harness.Simulator.JsonSchema;

namespace Leda.Harness.Simulator.Tests.JsonSchema;

/// <summary>Patterns are matched by tables of our own; .NET's engine must say the same.</summary>
public sealed class PatternTests
{
    private static readonly string[] _texts = ["", "a", "b", "ab", "a\n", "\n", "ä", "😀", "a😀b", "0", "aa", "aaa", "abab", "-", "]", "[", "a-b", "A", "_", " ", "\u00a0", "\u2028", "٣", "a.b:c", "%2F", "\\", "/", "\0", "\u007f", "\u0080"];

    [Theory]
    [InlineData("^a*$")]
    [InlineData("a+")]
    [InlineData("^(a|b)*$")]
    [InlineData("^(?:ab){1,2}?$")]
    [InlineData("a|b|^")]
    [InlineData("^.$")]
    [InlineData("^..$")]
    [InlineData("[^a]")]
    [InlineData("^[^a]*$")]
    [InlineData("^[\\w.-]+$")]
    [InlineData("\\s")]
    [InlineData("^\\S+$")]
    [InlineData("^[\\s\\S]*$")]
    [InlineData("\\d{2,}")]
    [InlineData("^a{0}b?$")]
    [InlineData("^(a{2}){1,}$")]
    [InlineData("^(a*)*b$")]
    [InlineData("^[\\]\\[-]$")]
    [InlineData("^[a\\-b]$")]
    [InlineData("^\\x61\\u0062$")]
    [InlineData("\\$$")]
    [InlineData("")]
    [InlineData("^")]
    [InlineData("$")]
    [InlineData("^(a|)b(?![\\s\\S])")]
    [InlineData("^[ä-ü😀]+$")]
    public void IsMatch_ByTable_IsWhatDotNetSays(string pattern)
    {
        var compiled = Pattern.Of(pattern);

        var wrong = from a in _texts
                    from b in _texts
                    from c in _texts
                    let text = Encoding.UTF8.GetBytes(a + b + c)
                    where compiled.IsMatchOfDotNet(text) != compiled.IsMatch(text)
                    select a + b + c;

        Assert.Empty(wrong);
    }

    [Fact]
    public void Of_PatternsOfTheContract_AreTables()
    {
        var patterns = SecondOpinion.SecondOpinion.Paths.Where(path => !path.StartsWith("wire/", StringComparison.Ordinal))
            .SelectMany(path => Patterns(JsonElement.Parse(SecondOpinion.SecondOpinion.Text(path)))).Distinct().ToList();

        Assert.True(patterns.Count > 20);
        Assert.All(patterns, pattern => Assert.True(Pattern.Of(pattern).IsTable, pattern));
    }

    [Theory]
    [InlineData("^(?!/:)a$")]
    [InlineData("(a)\\1")]
    [InlineData("a\\b")]
    [InlineData("^a|b$")]
    [InlineData("^((a{99}){99}){99}$")]
    public void Of_PatternBeyondATable_IsLeftToDotNet(string pattern) => Assert.False(Pattern.Of(pattern).IsTable);

    private static IEnumerable<string> Patterns(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Object => schema.EnumerateObject().SelectMany(member => member switch
        {
            { Name: "pattern", Value.ValueKind: JsonValueKind.String } => [member.Value.GetString()!],
            { Name: "patternProperties" } => member.Value.EnumerateObject().Select(pattern => pattern.Name).Concat(Patterns(member.Value)),
            { Name: "examples" } => [],
            _ => Patterns(member.Value),
        }),
        JsonValueKind.Array => schema.EnumerateArray().SelectMany(Patterns),
        _ => [],
    };
}
