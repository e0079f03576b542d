using Reqnroll;

namespace Leda.Harness.Scenarios.Features;

/// <summary>A place in a feature file. Line and column count from one.</summary>
internal readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary>As compilers write it, so that editors can jump there.</summary>
    public override string ToString() => $"{File}({Line},{Column})";
}

/// <summary>A feature file's head. Tags stand without <c>@</c>, here and below.</summary>
internal sealed class Feature
{
    public required string Title { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The Gherkin dialect, such as <c>en</c>.</summary>
    public required string Language { get; init; }

    public required SourceLocation At { get; init; }
}

/// <summary>A rule: a business rule that the scenarios after it illustrate.</summary>
internal sealed record Rule(string Title, string Description, IReadOnlyList<string> Tags);

/// <summary>One scenario to run: a plain one, or one row of an outline.</summary>
internal sealed class Scenario
{
    public required Feature Feature { get; init; }

    /// <summary>Null outside a rule.</summary>
    public required Rule? Rule { get; init; }

    /// <summary>The title as written, with an outline's placeholders left in.</summary>
    public required string Title { get; init; }

    /// <summary>The title, with the cells of an outline's row: unique within the file.</summary>
    public required string Name { get; init; }

    /// <summary>The title for people: an outline's placeholders are filled in, or, if it has none, the cells stand behind it.</summary>
    public string Sentence
    {
        get
        {
            var filled = Arguments.Aggregate(Title, (title, cell) => title.Replace($"<{cell.Key}>", cell.Value));
            return filled == Title ? Name : filled;
        }
    }

    public required string Description { get; init; }

    /// <summary>The tags of the scenario and its examples.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>An outline's cells by column, in order; empty for a plain scenario.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Arguments { get; init; }

    /// <summary>All steps, those of the backgrounds first.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Where the scenario starts; of an outline, its row.</summary>
    public required SourceLocation At { get; init; }

    /// <summary>The line of the title; of an outline, shared by all of its rows.</summary>
    public required int TitleLine { get; init; }

    /// <summary><c>file:line</c>: unique, and accepted where paths are (<see cref="FeatureSet.Load"/>).</summary>
    public string Id => $"{At.File}:{At.Line}";

    /// <summary>The scenario's own tags, then the feature's, then the rule's.</summary>
    public IEnumerable<string> AllTags => [.. Tags, .. Feature.Tags, .. Rule?.Tags ?? []];

    /// <summary>True with the tag <c>@ignore</c>, in any case, anywhere above: it is reported as skipped and runs no hooks.</summary>
    public bool IsIgnored => AllTags.Contains("ignore", StringComparer.OrdinalIgnoreCase);
}

/// <summary>One step, with an outline's placeholders filled in.</summary>
internal sealed class Step
{
    /// <summary>As written: <c>And</c>, <c>*</c>, <c>Angenommen</c> …</summary>
    public required string Keyword { get; init; }

    /// <summary>What the keyword stands for; <c>And</c> and its like take the kind of the step before.</summary>
    public required StepDefinitionType Kind { get; init; }

    public required string Text { get; init; }

    public required string? DocString { get; init; }

    /// <summary>The table's rows, header first; null without a table.</summary>
    public required IReadOnlyList<IReadOnlyList<string>>? TableRows { get; init; }

    public required SourceLocation At { get; init; }

    /// <summary>A table of its own for whoever asks: steps may change it.</summary>
    public DataTable? CreateTable()
    {
        if (TableRows is null) return null;
        var table = new DataTable([.. TableRows[0]]);
        foreach (var row in TableRows.Skip(1)) table.AddRow([.. row]);
        return table;
    }
}
