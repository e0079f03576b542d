using Leda.Harness.Scenarios.Features;

namespace Leda.Harness.Harness.Tests.Scenarios;

/// <summary>Section 11: from feature files to scenarios, and what is wrong with some.</summary>
public sealed class FeatureSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("features").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Parse_BackgroundsAndRules_StepsInFrontTagsInherited()
    {
        var scenarios = Parse("""
            @feature
            Feature: f
              Background:
                Given first
              Scenario: plain
                And second
              @rule
              Rule: r
                Background:
                  When third
                @own
                Scenario: ruled
                  And fourth
                  * fifth
                  But sixth
            """);

        Assert.Equal("Given first, Given second", StepsOf(scenarios[0]));
        Assert.Equal("Given first, When third, When fourth, When fifth, When sixth", StepsOf(scenarios[1]));
        Assert.Null(scenarios[0].Rule);
        Assert.Equal("r", scenarios[1].Rule!.Title);
        Assert.Equal(["own", "feature", "rule"], scenarios[1].AllTags);
        Assert.Equal(["*", "But"], scenarios[1].Steps.Skip(3).Select(step => step.Keyword));
    }

    [Fact]
    public void Parse_Outline_PlaceholdersFilledEverywhereButTheTitle()
    {
        var scenarios = Parse(""""
            Feature: f
              Background:
                Given literal <a>
              @s
              Scenario Outline: of <a>
                Given <a> and <b> and <c>
                  """
                  doc <a>
                  """
                When table
                  | h <a> |
                  | \| <b>\n |
                @e
                Examples:
                  | a | b |
                  | 1 | x |
                  | 2 | y |
                Examples: more
                  | a | b |
                  | 1 | x |
            """");

        Assert.Equal(["of <a>(a: \"1\", b: \"x\")", "of <a>(a: \"2\", b: \"y\")", "of <a>(a: \"1\", b: \"x\") #2"], scenarios.Select(one => one.Name));
        Assert.All(scenarios, one => Assert.Equal("of <a>", one.Title));
        Assert.Equal("literal <a>", scenarios[0].Steps[0].Text);
        Assert.Equal("2 and y and <c>", scenarios[1].Steps[1].Text);
        Assert.Equal("doc 2", scenarios[1].Steps[1].DocString);
        Assert.Equal("h 2", scenarios[1].Steps[2].TableRows![0][0]);
        Assert.Equal("| y\n", scenarios[1].Steps[2].TableRows![1][0]);
        Assert.Equal(["s", "e"], scenarios[0].Tags);
        Assert.Equal(["s"], scenarios[2].Tags);
        Assert.Equal(["f.feature:16", "f.feature:17", "f.feature:20"], scenarios.Select(one => one.Id));
    }

    [Fact]
    public void Parse_OutlineWithoutExamples_PlainScenario()
    {
        var scenario = Assert.Single(Parse("Feature: f\nScenario Outline: o\nGiven <x>"));

        Assert.Equal("<x>", scenario.Steps[0].Text);
        Assert.Equal("o", scenario.Name);
    }

    [Fact]
    public void Parse_Language_KeywordsOfTheDialect()
    {
        var scenario = Assert.Single(Parse("# language: de\nFunktionalität: f\nSzenario: s\nAngenommen a\nUnd b\nWenn c\nDann d"));

        Assert.Equal("Given a, Given b, When c, Then d", StepsOf(scenario));
        Assert.Equal("de", scenario.Feature.Language);
        Assert.Single(FeatureSet.Parse("f", "Funktionalität: f\nSzenario: s\nAngenommen a", language: "de").Scenarios);
    }

    [Theory]
    [InlineData("Feature: f\nScenario: a\nGiven x\nScenario: a\nGiven x", "f.feature(4,1): error: A scenario called 'a' stands on line 2 already.")]
    [InlineData("Feature: f\nScenario: a\nGiven x\nRule: r\nScenario: a\nGiven x", "f.feature(5,1): error: A scenario called 'a'")]
    [InlineData("Feature: f\n  Scenario:\nGiven x", "f.feature(2,3): error: The scenario has no name.")]
    [InlineData("Feature: f\nScenario: a\nGiven x\nExamples:\n| h |", "f.feature(4,1): error: The examples have no rows.")]
    [InlineData("Feature: f\nScenario: a\nGiven x\nExamples:", "f.feature(4,1): error: The examples have no rows.")]
    [InlineData("Feature: f\nScenario: a\nGiven x\nExamples:\n| h | h |\n| 1 | 2 |", "f.feature(5,1): error: Two columns are called 'h'.")]
    [InlineData("Feature: f\nScenario: a\nGiven x\nExamples: e\n| h |\n| 1 |\nExamples: e\n| h |\n| 2 |", "f.feature(7,1): error: Two blocks of examples are called 'e'.")]
    [InlineData("Feature: f\nScenario: a\nGiven x\nExamples:\n| h |\n| 1 |\nExamples:\n| i |\n| 2 |", "f.feature(8,1): error: The columns differ")]
    [InlineData("Feature: f\nScenario: a\nGiven x\nGivn x", "f.feature(4,1): error: expected: ")]
    [InlineData("Feature: f\nScenario: a\nGiven x\n| a | b |\n| 1 |", "f.feature(5,1): error: inconsistent cell count")]
    [InlineData("# language: xx-none\nFeature: f", "f.feature(1,1): error: Language not supported: xx-none")]
    public void Parse_Mistake_ToldWithItsPlace(string text, string expected)
    {
        var error = Assert.Throws<FeatureFileException>(() => Parse(text));

        Assert.StartsWith(expected, error.Message);
    }

    [Fact]
    public void Load_FilesDirectoriesAndLines_EachScenarioOnceInOrder()
    {
        Write("b.feature", "Feature: b\nScenario: b1\nGiven x\n\nScenario Outline: b2\nGiven <y>\nExamples:\n| y |\n| 1 |\n| 2 |");
        Write("a/a.feature", "Feature: a\n@t\nScenario: a1\nGiven x");
        Write("a/notes.txt", "no feature");

        Assert.Equal(["a1", "b1", "b2(y: \"1\")", "b2(y: \"2\")"], Names(_folder));
        Assert.Equal(["b1", "b2(y: \"1\")", "b2(y: \"2\")"], Names($"{_folder}/b.feature", $"{_folder}/b.feature:2"));
        Assert.Equal(["b1"], Names($"{_folder}/b.feature:2"));
        Assert.Equal(["b2(y: \"1\")", "b2(y: \"2\")"], Names($"{_folder}/b.feature:5"));
        Assert.Equal(["b2(y: \"2\")"], Names($"{_folder}/b.feature:10"));
        Assert.Equal(["a1"], FeatureSet.Load([_folder], TagExpression.Parse("@t")).Scenarios.Select(one => one.Name));
        Assert.Empty(Names($"{_folder}/b.feature:3"));
    }

    [Fact]
    public void Load_MistakesInTwoFiles_AllTold()
    {
        Write("one.feature", "Feature: a\nScenario:\nGiven x");
        Write("two.feature", "Feature: a\nScenario:\nGiven x\nScenario:\nGiven y");

        Assert.Equal(3, Assert.Throws<FeatureFileException>(() => FeatureSet.Load([_folder])).Errors.Count);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("missing.feature:3")]
    public void Load_NoSuchFile_Says(string path)
        => Assert.Contains(path, Assert.Throws<FileNotFoundException>(() => FeatureSet.Load([Path.Combine(_folder, path)])).Message);

    [Fact]
    public void Parse_OnlyComments_NoScenarios() => Assert.Empty(Parse("# nothing yet"));

    private static IReadOnlyList<Scenario> Parse(string text) => FeatureSet.Parse("f.feature", text).Scenarios;

    private static string StepsOf(Scenario scenario) => string.Join(", ", scenario.Steps.Select(step => $"{step.Kind} {step.Text}"));

    private static IEnumerable<string> Names(params string[] paths) => FeatureSet.Load(paths).Scenarios.Select(one => one.Name);

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
