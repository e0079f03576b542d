using Gherkin;
using Reqnroll;
using Ast = Gherkin.Ast;

namespace Leda.Harness.Scenarios.Features;

/// <summary>Lays out a scenario's steps: those of the backgrounds as written, then its own with the row's cells filled in.</summary>
internal static class StepLayout
{
    public static IReadOnlyList<Step> Lay(string file, IEnumerable<Ast.Step> background, IEnumerable<Ast.Step> own, OutlineRow row)
    {
        var kind = StepDefinitionType.Given;
        return [.. background.Select(step => Lay(step, text => text)), .. own.Select(step => Lay(step, row.Fill))];

        Step Lay(Ast.Step step, Func<string, string> fill)
        {
            kind = KindOf(step.KeywordType, kind);
            return new Step
            {
                Keyword = step.Keyword.Trim(),
                Kind = kind,
                Text = fill(step.Text),
                DocString = step.DocString is { } text ? fill(text.Content) : null,
                TableRows = step.DataTable?.Rows.Select(line => line.Cells.Select(cell => fill(cell.Value)).ToArray()).ToArray(),
                At = new SourceLocation(file, step.Location.Line, step.Location.Column),
            };
        }
    }

    private static StepDefinitionType KindOf(StepKeywordType keyword, StepDefinitionType before) => keyword switch
    {
        StepKeywordType.Context => StepDefinitionType.Given,
        StepKeywordType.Action => StepDefinitionType.When,
        StepKeywordType.Outcome => StepDefinitionType.Then,
        _ => before,
    };
}
