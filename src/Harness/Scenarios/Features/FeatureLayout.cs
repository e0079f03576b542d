using Ast = Gherkin.Ast;

namespace Leda.Harness.Scenarios.Features;

/// <summary>
/// Lays out one parsed feature as scenarios: backgrounds in front, rules' tags below, outlines expanded. It also finds what
/// the parser lets pass but nobody can have meant.
/// </summary>
internal sealed class FeatureLayout
{
    private readonly string _file;
    private readonly ICollection<FeatureFileError> _errors;
    private readonly Feature _feature;
    private readonly List<Scenario> _scenarios = [];
    private readonly Dictionary<string, int> _titles = [];

    public FeatureLayout(string file, Ast.Feature feature, ICollection<FeatureFileError> errors)
    {
        _file = file;
        _errors = errors;
        _feature = new Feature
        {
            Title = feature.Name,
            Description = feature.Description ?? string.Empty,
            Tags = TagsOf(feature),
            Language = feature.Language,
            At = At(feature.Location),
        };
        AddChildren(feature.Children, null, []);
    }

    public IReadOnlyList<Scenario> Scenarios => _scenarios;

    private void AddChildren(IEnumerable<Ast.IHasLocation> children, Rule? rule, IReadOnlyList<Ast.Step> background)
    {
        foreach (var child in children)
        {
            switch (child)
            {
                case Ast.Background steps:
                    background = [.. background, .. steps.Steps];
                    break;
                case Ast.Rule inner:
                    AddChildren(inner.Children, new Rule(inner.Name, inner.Description ?? string.Empty, TagsOf(inner)), background);
                    break;
                case Ast.Scenario scenario:
                    AddScenario(scenario, rule, background);
                    break;
            }
        }
    }

    private void AddScenario(Ast.Scenario scenario, Rule? rule, IReadOnlyList<Ast.Step> background)
    {
        if (scenario.Name.Length == 0)
            Reject(scenario.Location, "The scenario has no name.");
        else if (!_titles.TryAdd(scenario.Name, scenario.Location.Line))
            Reject(scenario.Location, $"A scenario called '{scenario.Name}' stands on line {_titles[scenario.Name]} already.");

        if (!scenario.Examples.Any())
        {
            _scenarios.Add(Lay(scenario, rule, background, OutlineRow.None(scenario)));
            return;
        }

        CheckExamples([.. scenario.Examples]);
        var names = new HashSet<string>();
        foreach (var row in scenario.Examples.SelectMany(OutlineRow.Of))
            _scenarios.Add(Lay(scenario, rule, background, row.MakeUnique(names)));
    }

    private Scenario Lay(Ast.Scenario scenario, Rule? rule, IReadOnlyList<Ast.Step> background, OutlineRow row) => new()
    {
        Feature = _feature,
        Rule = rule,
        Title = scenario.Name,
        Name = scenario.Name + row.Label,
        Description = scenario.Description ?? string.Empty,
        Tags = [.. TagsOf(scenario), .. row.Tags],
        Arguments = row.Cells,
        Steps = StepLayout.Lay(_file, background, scenario.Steps, row),
        At = At(row.Location),
        TitleLine = scenario.Location.Line,
    };

    private void CheckExamples(IReadOnlyList<Ast.Examples> blocks)
    {
        var header = blocks.FirstOrDefault(block => block.TableHeader is not null)?.TableHeader.Cells.Select(cell => cell.Value).ToArray() ?? [];
        foreach (var block in blocks)
        {
            if (block.TableHeader is null || !block.TableBody.Any())
            {
                Reject(block.Location, "The examples have no rows.");
                continue;
            }

            var columns = block.TableHeader.Cells.Select(cell => cell.Value).ToArray();
            if (columns.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
                Reject(block.TableHeader.Location, $"Two columns are called '{twice.Key}'.");
            if (!columns.ToHashSet().SetEquals(header))
                Reject(block.TableHeader.Location, $"The columns differ from those of the first examples: {string.Join(", ", header)}.");
        }

        foreach (var twice in blocks.Where(block => block.Name.Length > 0).GroupBy(block => block.Name).Where(group => group.Count() > 1))
            Reject(twice.ElementAt(1).Location, $"Two blocks of examples are called '{twice.Key}'.");
    }

    private void Reject(Ast.Location location, string message) => _errors.Add(new FeatureFileError(At(location), message));

    private SourceLocation At(Ast.Location location) => new(_file, location.Line, location.Column);

    internal static IReadOnlyList<string> TagsOf(Ast.IHasTags tagged) => [.. tagged.Tags.Select(tag => tag.Name.TrimStart('@'))];
}
