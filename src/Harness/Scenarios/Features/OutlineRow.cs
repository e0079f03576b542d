using Ast = Gherkin.Ast;

namespace Leda.Harness.Scenarios.Features;

/// <summary>What an outline's row brings: cells to put into placeholders, tags, a place, and a label to tell it from the others.</summary>
internal sealed record OutlineRow(
    Ast.Location Location, IReadOnlyList<string> Tags, IReadOnlyList<KeyValuePair<string, string>> Cells, string Label)
{
    /// <summary>For a plain scenario: nothing to fill in.</summary>
    public static OutlineRow None(Ast.Scenario scenario) => new(scenario.Location, [], [], string.Empty);

    public static IEnumerable<OutlineRow> Of(Ast.Examples examples)
    {
        if (examples.TableHeader is null) return [];
        var tags = FeatureLayout.TagsOf(examples);
        return examples.TableBody.Select(row =>
        {
            var cells = examples.TableHeader.Cells.Zip(row.Cells, (column, cell) => KeyValuePair.Create(column.Value, cell.Value)).ToArray();
            var label = $"({string.Join(", ", cells.Select(cell => $"{cell.Key}: \"{cell.Value}\""))})";
            return new OutlineRow(row.Location, tags, cells, label);
        });
    }

    /// <summary>Two equal rows are told apart by a number.</summary>
    public OutlineRow MakeUnique(ISet<string> seen)
    {
        var label = Label;
        for (var number = 2; !seen.Add(label); number++) label = $"{Label} #{number}";
        return this with { Label = label };
    }

    /// <summary>Puts the cells into the text's <c>&lt;placeholders&gt;</c>; unknown ones stay.</summary>
    public string Fill(string text)
    {
        foreach (var (column, cell) in Cells) text = text.Replace($"<{column}>", cell);
        return text;
    }
}
